import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { mayTakeUp, type Severity } from '#server/notifications/statuses.ts';

/** Why whoever is signed in cannot acknowledge it, give it to somebody or have it told again; null when they can. */
export function useWhyNotMine(severity: Severity): string | null {
  const t = useTranslations('notifications');
  const { role } = useMe();
  if (mayTakeUp(role, severity)) return null;
  return t(role === 'auditor' ? 'takeUp.auditor' : 'takeUp.critical');
}
