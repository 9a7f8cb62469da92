const MEMBER_ID = /^[A-Za-z0-9._:-]{1,64}$/;
const REFERENCE = /^[\x20-\x7e]{1,128}$/;

/** Whether the platform could have given somebody this id. */
export const isMemberId = (text: string | null): text is string => text !== null && MEMBER_ID.test(text);

/** Whether a payment or a settlement could be called so. */
export const isReference = (text: string): boolean => REFERENCE.test(text);
