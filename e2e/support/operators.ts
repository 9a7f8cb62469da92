export const E2E_ADMIN = { role: 'admin', name: 'Admin One', email: 'admin@e2e.example' } as const;

/** Who can sign in to the stack of the browser tests; the password is in `E2E_PASSWORD`. */
export const E2E_OPERATORS = [
  { role: 'support', name: 'Support One', email: 'support@e2e.example' },
  { role: 'finance', name: 'Finance One', email: 'finance@e2e.example' },
  { role: 'finance', name: 'Finance Two', email: 'finance-two@e2e.example' },
  E2E_ADMIN,
  { role: 'admin', name: 'Admin Two', email: 'admin-two@e2e.example' },
  { role: 'auditor', name: 'Auditor One', email: 'auditor@e2e.example' },
] as const;
