import { useTranslations } from '#components/i18n/words.tsx';
import type ko from '#messages/ko.json';

type Known = keyof typeof ko.notifications.reason;

/** Why, in words where there are some; else as it was written, by a person or by a provider. */
export function useReasonText(): (reason: string) => string {
  const t = useTranslations('notifications');
  return (reason) => {
    const known = reason as Known;
    return /^[a-z_]+$/.test(reason) && t.has(`reason.${known}`) ? t(`reason.${known}`) : reason;
  };
}
