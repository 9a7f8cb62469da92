import type { NewOperator } from '../local/accounts.ts';

export const DEMO_ADMIN = { role: 'admin', name: '관리자', email: 'admin@demo.example' } as const satisfies NewOperator;

export const DEMO_OPERATORS = [
  { role: 'support', name: '고객지원', email: 'support@demo.example' },
  { role: 'finance', name: '재무 A', email: 'finance@demo.example' },
  { role: 'finance', name: '재무 B', email: 'finance2@demo.example' },
  DEMO_ADMIN,
  { role: 'auditor', name: '감사', email: 'auditor@demo.example' },
] as const satisfies readonly NewOperator[];
