/** What the platform may call its own things. By themselves, so that a screen that looks at them loads no schemas. */
export const MEMBER_ID = /^[A-Za-z0-9._:-]{1,64}$/;
export const REFERENCE = /^[\x20-\x7e]{1,128}$/;
