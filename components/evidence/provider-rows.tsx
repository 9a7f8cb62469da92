'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { Button } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Desk } from '#components/withdrawals/panel/desk.ts';
import type { EvidenceView } from '#server/resolution/contract.ts';
import { type Attempt, type Candidate, candidatesOf } from './candidates.ts';
import { Part } from './part.tsx';
import { ProviderRow } from './provider-row.tsx';
import { useRefusal } from './use-refusal.ts';

interface ProviderRowsProps {
  readonly attempt: Attempt;
  readonly view: EvidenceView;
  readonly desk: Desk;
}

/** The rows of the provider's list that this payment could be. Twins are shown side by side; none is chosen for anybody. */
export function ProviderRows({ attempt, view, desk }: ProviderRowsProps) {
  const t = useTranslations('evidence');
  const rows = candidatesOf(attempt);
  return (
    <Part title={t('rows.title')}>
      {rows.length === 0 && <p>{t(attempt.looks > 0 ? 'rows.none' : 'rows.notRead')}</p>}
      {rows.length > 1 && <p className="font-medium text-unknown">{t('rows.several', { count: rows.length })}</p>}
      <ul className="flex flex-col gap-2">
        {rows.map((row) => (
          <Row key={row.reference} row={row} allowed={view.allowed.resolvePaid} desk={desk} />
        ))}
      </ul>
      {attempt.lookedAt && (
        <p className="text-ink-3 text-sm">
          {t('rows.looks', { count: attempt.looks })} · <Time at={attempt.lookedAt} />
        </p>
      )}
    </Part>
  );
}

interface RowProps {
  readonly row: Candidate;
  readonly allowed: EvidenceView['allowed']['resolvePaid'];
  readonly desk: Desk;
}

function Row({ row, allowed, desk }: RowProps) {
  const t = useTranslations('evidence');
  const newcomer = useNewcomer();
  const offline = useOffline();
  const refusal = useRefusal();
  const why = newcomer ?? offline ?? refusal(allowed);
  return (
    <ProviderRow row={row}>
      {allowed !== 'withdrawal.not_unknown' && (
        <Button
          className="self-start"
          blockedBy={why}
          aria-label={t('rows.linkTo', { reference: row.reference })}
          onClick={() => desk.open({ name: 'paid', candidate: row })}
        >
          {t('rows.link')}
        </Button>
      )}
    </ProviderRow>
  );
}
