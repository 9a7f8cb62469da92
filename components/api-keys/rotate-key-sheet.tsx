'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';
import { OVERLAP_HOURS } from '#server/operators/statuses.ts';
import { NewKey } from './new-key.tsx';

interface RotateKeySheetProps {
  readonly apiKey: ApiKeyView;
  readonly onClose: () => void;
}

export function RotateKeySheet({ apiKey, onClose }: RotateKeySheetProps) {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const offline = useOffline();
  const rotate = useMutation(
    trpc.apiKeys.rotate.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.apiKeys.list.pathKey() }),
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = String(new FormData(event.currentTarget).get('overlap'));
    const overlapHours = OVERLAP_HOURS.find((hours) => String(hours) === chosen);
    if (overlapHours === undefined || rotate.isPending) return;
    rotate.mutate({ id: apiKey.id, overlapHours });
  };
  if (rotate.data) {
    const { key, previousUntil } = rotate.data;
    return (
      <NewKey apiKey={key} title={t('rotate.done')} onClose={onClose}>
        {rotate.variables.overlapHours === 0 ? (
          <p>{t('rotate.endedNow')}</p>
        ) : (
          <p>
            {t('rotate.endsAt')} <ZonedTime at={previousUntil} />
          </p>
        )}
      </NewKey>
    );
  }
  return (
    <Dialog title={t('rotate.title', { name: apiKey.name })} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <p>{t('rotate.next')}</p>
          <SelectField label={t('rotate.overlap')} name="overlap" hint={t('rotate.overlapHint')}>
            {OVERLAP_HOURS.map((hours) => (
              <option key={hours} value={hours}>
                {t(`rotate.hours.${hours}`)}
              </option>
            ))}
          </SelectField>
          {apiKey.previous && <p className="text-warning">{t('rotate.endsEarlier')}</p>}
          {rotate.error && <FailureNote failure={readFailure(rotate.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('create.back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={rotate.isPending}>
            {t('rotate.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
