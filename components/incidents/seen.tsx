'use client';

import { listOf, textOf } from '#components/evidence/json.ts';
import { Facts } from '#components/evidence/part.tsx';
import { Raw } from '#components/evidence/raw.tsx';
import { useReasonWord } from '#components/evidence/use-reason-word.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { Address } from '#components/ui/address.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { Json } from '#server/kernel/canonical-json.ts';

/** What incidents are opened with, in the order in which it is read. */
const FIELDS = [
  ...(['asset', 'amount', 'fee', 'missing', 'reference', 'address', 'status', 'rawStatus', 'type', 'message'] as const),
  ...(['createdAt', 'succeeded', 'txid', 'gasTxid', 'reason', 'rotation', 'approved', 'found'] as const),
];
type Field = (typeof FIELDS)[number];

/** What was seen: by name what we know the name of, and the rest as it came. */
export function Seen({ detail }: { readonly detail: Json }) {
  const t = useTranslations('incidents');
  const named = FIELDS.flatMap((field) => {
    const text = textOf(detail, field);
    return text === null ? [] : [[t(`field.${field}`), <Value key={field} field={field} text={text} />] as const];
  });
  const rest = restOf(detail);
  return (
    <>
      {named.length > 0 && <Facts rows={named} />}
      {listOf(detail, 'rows').map((row) => (
        <div key={JSON.stringify(row)} className="flex flex-col gap-2 rounded-control border border-rule p-3">
          <Seen detail={row} />
        </div>
      ))}
      {rest !== null && <Raw text={JSON.stringify(rest, null, 2)} label={t('seen')} />}
    </>
  );
}

/** What has no words here; null when that is nothing. */
function restOf(detail: Json): Json {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return detail;
  const left = Object.entries(detail).filter(
    ([name, value]) =>
      !(FIELDS.some((field) => field === name) && typeof value !== 'object') &&
      value !== null &&
      !(name === 'rows' && Array.isArray(value)),
  );
  return left.length > 0 ? Object.fromEntries(left) : null;
}

function Value({ field, text }: { readonly field: Field; readonly text: string }) {
  const t = useTranslations('incidents');
  const tEvidence = useTranslations('evidence');
  const reasonWord = useReasonWord();
  const listed = `listed.${text}` as 'listed.completed';
  switch (field) {
    case 'asset':
      return <AssetChip asset={text} />;
    case 'amount':
    case 'fee':
    case 'missing':
      return <Amount value={text} />;
    case 'address':
    case 'txid':
    case 'gasTxid':
      return <Address text={text} copyLabel={t(`field.${field}`)} />;
    case 'createdAt':
      return Number.isNaN(Date.parse(text)) ? <code>{text}</code> : <ZonedTime at={text} />;
    case 'status':
      return tEvidence.has(listed) ? tEvidence(listed) : <code>{text}</code>;
    case 'succeeded':
      return t(text === 'true' ? 'succeeded.yes' : 'succeeded.no');
    case 'reason':
      return reasonWord(text);
    default:
      return <code>{text}</code>;
  }
}
