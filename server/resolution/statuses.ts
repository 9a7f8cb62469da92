/** What a list of exceptions can be narrowed to, in the order in which they press; free of imports, as a screen needs it. */
export const EXCEPTION_FILTERS = ['unknown', 'late', 'incident', 'retrying', 'failed'] as const;
export type ExceptionFilter = (typeof EXCEPTION_FILTERS)[number];

/** What does not end by itself: what failed has ended, and what is sent again goes on. */
export const PRESSING: readonly ExceptionFilter[] = ['unknown', 'late', 'incident'];

/** When a withdrawal whose hold ends with a decision is sent once more. */
export const SENDS_AGAIN = ['at_once', 'once_approved'] as const;
export type SendsAgain = (typeof SENDS_AGAIN)[number];
