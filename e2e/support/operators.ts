const operator = (role: 'support' | 'finance' | 'admin' | 'auditor', name: string) => ({
  role,
  name,
  email: `${name.toLowerCase().replace(' ', '-')}@e2e.example`,
});

/** Who can sign in to the stack of the browser tests; the password is in `E2E_PASSWORD`. */
export const OPERATORS = {
  support: operator('support', 'Support One'),
  finance: operator('finance', 'Finance One'),
  financeTwo: operator('finance', 'Finance Two'),
  admin: operator('admin', 'Admin One'),
  adminTwo: operator('admin', 'Admin Two'),
  auditor: operator('auditor', 'Auditor One'),
} as const;
/** Has a password and nothing else yet. */
export const NEWCOMER = operator('finance', 'New Comer');

/** Needs no second factor, and has none yet. */
export const BEGINNER = operator('support', 'Support Beginner');

/** Support with an authenticator app and a passkey, which the role does not demand. */
export const KEEPER = { ...operator('support', 'Support Keeper'), hasSecondFactor: true };

/** Has an authenticator app and no passkey. */
export const TYPIST = operator('finance', 'Finance Typist');

/** Has an authenticator app, and makes a passkey of their own. */
export const OWNER = operator('finance', 'Finance Owner');

export type Operator = ReturnType<typeof operator>;
