import type { NewOperator } from '../local/accounts.ts';

export const DEMO_ADMIN = { role: 'admin', name: '임다은', email: 'admin@demo.example' } as const satisfies NewOperator;

export const DEMO_OPERATORS = [
  { role: 'support', name: '한소라', email: 'support@demo.example' },
  { role: 'finance', name: '박지민', email: 'finance@demo.example' },
  { role: 'finance', name: '최민아', email: 'finance2@demo.example' },
  DEMO_ADMIN,
  { role: 'auditor', name: '강오토', email: 'auditor@demo.example' },
] as const satisfies readonly NewOperator[];
