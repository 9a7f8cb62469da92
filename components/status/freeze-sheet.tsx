'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { SelectField, TextArea, TextField } from '#components/ui/field.tsx';
import { PROVIDERS } from '#server/kernel/provider-outcome.ts';
import { drillInput, type FreezeTarget } from '#server/system/contract.ts';
import { FREEZE_SCOPES, type FreezeScope } from '#server/system/statuses.ts';
import { DrillResult } from './drill-result.tsx';

/** Shows first what would be stopped, then freezes. One person is enough: stopping is safe, going on takes two. */
export function FreezeSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const reason = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const [scope, setScope] = useState<FreezeScope>('all');
  const [text, setText] = useState('');
  const target = targetOf(scope, text);
  const freeze = useMutation(
    trpc.system.freeze.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.system.pathKey() });
        announce(t('freeze.done'));
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.current?.value.trim() ?? '';
    setMissing(why === '');
    if (why === '') return reason.current?.focus();
    if (target && !freeze.isPending) freeze.mutate({ ...target, reason: why });
  };
  const chooseScope = (next: FreezeScope) => {
    setScope(next);
    setText(next === 'provider' ? PROVIDERS[0] : '');
  };
  return (
    <Dialog title={t('freeze.title')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">{t('freeze.lead')}</p>
          <SelectField
            label={t('freeze.scope')}
            value={scope}
            onChange={({ target: { value } }) => chooseScope(FREEZE_SCOPES.find((each) => each === value) ?? 'all')}
          >
            {FREEZE_SCOPES.map((each) => (
              <option key={each} value={each}>
                {t(`freezes.scope.${each}`)}
              </option>
            ))}
          </SelectField>
          <TargetField scope={scope} text={text} onChange={setText} />
          {target && <DrillResult target={target} />}
          <TextArea
            ref={reason}
            label={t('freeze.reason')}
            hint={t('kept')}
            maxLength={500}
            required
            problem={isMissing ? t('reasonMissing') : null}
          />
          {freeze.error && <FailureNote failure={readFailure(freeze.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button
            type="submit"
            look="danger"
            aria-disabled={freeze.isPending}
            blockedBy={target ? null : t('freeze.targetMissing')}
          >
            {t('freeze.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface TargetFieldProps {
  readonly scope: FreezeScope;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function TargetField({ scope, text, onChange }: TargetFieldProps) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const assets = useQuery(trpc.assets.list.queryOptions({}, { enabled: scope === 'asset' }));
  if (scope === 'all') return null;
  if (scope === 'wallet') {
    return (
      <TextField
        label={t('freeze.wallet')}
        hint={t('freeze.walletHint')}
        value={text}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    );
  }
  const choices = scope === 'provider' ? PROVIDERS : ['', ...(assets.data?.rows ?? []).map(({ asset }) => asset)];
  return (
    <SelectField label={t(`freezes.scope.${scope}`)} value={text} onChange={(event) => onChange(event.target.value)}>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice || t('freeze.choose')}
        </option>
      ))}
    </SelectField>
  );
}

/** Null while the form does not name something that can be frozen. */
function targetOf(scope: FreezeScope, text: string): FreezeTarget | null {
  const read = drillInput.safeParse(scope === 'all' ? { scope } : { scope, target: text });
  return read.success ? read.data : null;
}
