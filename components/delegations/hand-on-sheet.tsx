'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { SelectField, TextArea, TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { instantOf, zoneName } from '#components/ui/time-text.ts';
import type { DelegationsMineView } from '#server/delegations/contract.ts';
import { DELEGATION_DAYS_MAX } from '#server/delegations/statuses.ts';

/** As the server will look at it, which then looks at its own clock: known before a code is spent on it. */
function isWindow(from: string | null, until: string, now: number): boolean {
  const [begins, ends] = [from ? Date.parse(from) : now, Date.parse(until)];
  return begins >= now && ends > begins && ends - begins <= LONGEST_MS;
}

interface HandOnSheetProps {
  readonly colleagues: DelegationsMineView['colleagues'];
  readonly onClose: () => void;
}

type Problems = { readonly [Field in 'delegate' | 'until' | 'reason']?: 'missing' | 'window' };

const LONGEST_MS = DELEGATION_DAYS_MAX * 86_400_000;

export function HandOnSheet({ colleagues, onClose }: HandOnSheetProps) {
  const t = useTranslations('delegations');
  const tShell = useTranslations('shell');
  const { zone } = usePreferences();
  const { told } = useMe();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const offline = useOffline();
  const tErrors = useTranslations('errors');
  const [problems, setProblems] = useState<Problems>({});
  const create = useMutation(
    trpc.delegations.create.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.delegations.pathKey() });
        announce(t('handOn.done'));
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => `${form.get(name) ?? ''}`.trim();
    const [delegateId, reason] = [typed('delegate'), typed('reason')];
    const [from, until] = [instantOf(typed('from'), zone), instantOf(typed('until'), zone)];
    const fits = until !== null && isWindow(from, until, Date.now());
    setProblems({
      ...(!delegateId && { delegate: 'missing' }),
      ...(!fits && { until: until ? 'window' : 'missing' }),
      ...(!reason && { reason: 'missing' }),
    });
    if (create.isPending || !delegateId || !fits || !reason) return;
    create.mutate({ delegateId, until, reason, ...(from && { from }) });
  };
  const problem = (name: keyof Problems) => {
    const found = problems[name];
    return found ? (found === 'window' ? tErrors('delegation.window_unfit') : t('handOn.missing')) : null;
  };
  return (
    <Dialog title={t('handOn.open')} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">
            {t('handOn.next')} {t(told.email ? 'handOn.told' : 'handOn.untold')}
          </p>
          <SelectField label={t('handOn.delegate')} name="delegate" defaultValue="" problem={problem('delegate')}>
            <option value="">{t('handOn.choose')}</option>
            {colleagues.map(({ id, name, role }) => (
              <option key={id} value={id}>
                {name} · {tShell(`roles.${role}`)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('handOn.from', { zone: zoneName(zone) })}
            hint={t('handOn.atOnce')}
            name="from"
            type="datetime-local"
          />
          <TextField
            label={t('handOn.until', { zone: zoneName(zone) })}
            hint={t('handOn.atMost')}
            name="until"
            type="datetime-local"
            required
            problem={problem('until')}
          />
          <TextArea label={t('handOn.reason')} name="reason" charsMax={500} required problem={problem('reason')} />
          {create.error && <FailureNote failure={readFailure(create.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={create.isPending}>
            {t('handOn.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
