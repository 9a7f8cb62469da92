import type { LocalServices } from './local/services.ts';

export const demoOperators = [
  { role: 'support', name: 'Sora Han', email: 'support@demo.example' },
  { role: 'finance', name: 'Finn Park', email: 'finance@demo.example' },
  { role: 'finance', name: 'Mina Cho', email: 'finance2@demo.example' },
  { role: 'admin', name: 'Ada Lim', email: 'admin@demo.example' },
  { role: 'auditor', name: 'Otto Kang', email: 'auditor@demo.example' },
] as const;

export function fillWithDemoData(_services: LocalServices): Promise<void> {
  return Promise.resolve();
}
