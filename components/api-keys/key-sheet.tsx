'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { Form } from '#components/ui/form.tsx';
import { Age, Time } from '#components/ui/time.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';
import { isAboutAddresses, KeyFailure } from './key-failure.tsx';
import { KeyFields } from './key-fields.tsx';
import { hasProblems, type KeyProblems, NO_PROBLEMS, readSettings } from './key-form.ts';
import { KeyState } from './key-state.tsx';

interface KeySheetProps {
  readonly apiKey: ApiKeyView;
  readonly onClose: () => void;
  readonly onRotate: () => void;
  readonly onRevoke: () => void;
}

/** Everything about one key, and what may be done about it. */
export function KeySheet({ apiKey, onClose, onRotate, onRevoke }: KeySheetProps) {
  const t = useTranslations('apiKeys');
  const newcomer = useNewcomer();
  const offline = useOffline();
  if (apiKey.revokedAt) {
    return (
      <Dialog title={apiKey.name} onClose={onClose}>
        <KeyFacts apiKey={apiKey} />
        <DialogActions>
          <Button onClick={onClose}>{t('create.back')}</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={apiKey.name} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <KeyFacts apiKey={apiKey} />
        <div className="flex flex-wrap gap-2">
          <Button blockedBy={newcomer ?? offline} onClick={onRotate}>
            <KeyRound aria-hidden size={16} />
            {t('rotate.open')}
          </Button>
          <Button look="danger" blockedBy={offline} onClick={onRevoke}>
            {t('revoke.open')}
          </Button>
        </div>
        <ChangeForm apiKey={apiKey} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function KeyFacts({ apiKey }: { readonly apiKey: ApiKeyView }) {
  const t = useTranslations('apiKeys');
  const { previous, lastRefusedAt, lastRefusedIp } = apiKey;
  return (
    <div className="flex flex-col gap-2">
      <span className="text-ink-2 text-sm">
        {t('createdBy', { name: apiKey.createdBy })} · <Time at={apiKey.createdAt} />
      </span>
      <span>{apiKey.scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</span>
      <KeyState apiKey={apiKey} />
      {previous && (
        <span className="text-ink-2 text-sm">
          {t('previousUsed')} {previous.lastUsedAt ? <Age at={previous.lastUsedAt} /> : t('neverUsed')}
        </span>
      )}
      {lastRefusedAt && (
        <Notice tone="danger" icon={TriangleAlert}>
          <p>
            {t('refusedFrom', { ip: lastRefusedIp ?? '' })} · <Time at={lastRefusedAt} />
          </p>
          <p>{t('refusedMeans')}</p>
        </Notice>
      )}
    </div>
  );
}

function ChangeForm({ apiKey, onClose }: Pick<KeySheetProps, 'apiKey' | 'onClose'>) {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { zone } = usePreferences();
  const offline = useOffline();
  const [problems, setProblems] = useState<KeyProblems>(NO_PROBLEMS);
  const change = useMutation(
    trpc.apiKeys.change.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.apiKeys.list.pathKey() });
        announce(t('manage.saved'));
        onClose();
      },
    }),
  );
  const failure = change.error && readFailure(change.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { problems: found, ...settings } = readSettings(new FormData(event.currentTarget), zone);
    setProblems(found);
    if (!hasProblems(found) && !change.isPending) change.mutate({ id: apiKey.id, ...settings });
  };
  return (
    <Form onSubmit={submit}>
      <div className="flex flex-col gap-4">
        <KeyFields
          apiKey={apiKey}
          problems={{ ...problems, addresses: failure !== null && isAboutAddresses(failure) }}
        />
        <KeyFailure failure={failure} />
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('create.back')}</Button>
        <Button type="submit" look="primary" blockedBy={offline} aria-disabled={change.isPending}>
          {t('manage.save')}
        </Button>
      </DialogActions>
    </Form>
  );
}
