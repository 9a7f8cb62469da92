import { MEMBER_ID, REFERENCE } from '#server/kernel/identifiers.ts';

/** Whether the platform could have given somebody this id. */
export const isMemberId = (text: string | null): text is string => text !== null && MEMBER_ID.test(text);

/** Whether a payment or a settlement could be called so. */
export const isReference = (text: string): boolean => REFERENCE.test(text);
