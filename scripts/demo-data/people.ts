import type { NewOperator } from '../local/accounts.ts';

export const DEMO_ADMIN = {
  role: 'admin',
  name: 'Admin A (관리자)',
  email: 'admin@demo.example',
} as const satisfies NewOperator;

/** Two of those without whom a second person is missing: a payment, a lifted freeze, a change of the policy. */
export const DEMO_OPERATORS = [
  { role: 'support', name: 'Support (고객지원)', email: 'support@demo.example' },
  { role: 'finance', name: 'Finance A (재무)', email: 'finance@demo.example' },
  { role: 'finance', name: 'Finance B (재무)', email: 'finance2@demo.example' },
  DEMO_ADMIN,
  { role: 'admin', name: 'Admin B (관리자)', email: 'admin2@demo.example' },
  { role: 'auditor', name: 'Auditor (감사)', email: 'auditor@demo.example' },
] as const satisfies readonly NewOperator[];
