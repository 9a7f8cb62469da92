import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { formatAmount } from '#components/ui/amount-text.ts';
import type { AuditRowView } from '#server/audit/contract.ts';
import type { Change } from './changes.ts';

type Keys<Words> = Words extends { has(key: infer Key): boolean } ? Key : never;

/** What is money in the record; a number that only counts stays as it is. */
const AMOUNT_FIELDS = ['amount', 'fee'];
const AMOUNT = /^\d+(\.\d+)?$/;

/** The record's codes in the reader's words; what has none is shown as it was recorded. */
export function useAuditWords() {
  const t = useTranslations('audit');
  const tErrors = useTranslations('errors');
  const tStatus = useTranslations('withdrawals');
  const reasonText = useReasonText();
  const tShell = useTranslations('shell');
  type Word = Keys<typeof t>;
  const known = (key: string, code: string): string => (t.has(key as Word) ? t(key as Word) : code);
  const valueIn = ({ field }: Change, value: string): string => {
    const status = `status.${value}` as Keys<typeof tStatus>;
    if (field === 'status' && tStatus.has(status)) return tStatus(status);
    const hold = `holdReason.${value}` as Keys<typeof tStatus>;
    if (field === 'hold' && tStatus.has(hold)) return tStatus(hold);
    const wait = `waitReason.${value}` as Keys<typeof tStatus>;
    if (field === 'wait' && tStatus.has(wait)) return tStatus(wait);
    const role = `roles.${value}` as Keys<typeof tShell>;
    if (field === 'role' && tShell.has(role)) return tShell(role);
    const refusal = value as Keys<typeof tErrors>;
    if ((field === 'code' || field === 'because') && tErrors.has(refusal)) return tErrors(refusal);
    if (AMOUNT.test(value) && AMOUNT_FIELDS.includes(field)) return formatAmount(value);
    if (field === 'called')
      return value
        .split(', ')
        .map((path) => known(`action.${path}`, path))
        .join(', ');
    if (field === 'action') return known(`action.${value}`, value);
    return known(`value.${value}`, value);
  };
  const reasonOf = ({ actor, reason }: AuditRowView): string | null => {
    if (reason === null || actor.type !== 'system') return reason;
    const wait = `waitReason.${reason}` as Keys<typeof tStatus>;
    return tStatus.has(wait) ? tStatus(wait) : reasonText(reason);
  };
  return {
    /** A person's own words stay as they are; of our own processes it is a code. */
    reason: reasonOf,
    /** A look that was refused has no word of its own: only its address says what it was. */
    action: ({ action, subject }: AuditRowView): string =>
      known(`action.${action}`, subject.type === 'call' ? t('looked', { what: action }) : action),
    field: (field: string): string => known(`field.${field}`, field),
    isKnown: (field: string): boolean => t.has(`field.${field}` as Word),
    value: valueIn,
  };
}
