'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Megaphone } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { SelectField } from '#components/ui/field.tsx';
import type { NotificationView } from '#server/notifications/contract.ts';
import { useWhyNotMine } from './use-why-not-mine.ts';

/** Whose it is, and telling everybody once more while nobody has acknowledged it. */
export function Assignment({ notification }: { readonly notification: NotificationView }) {
  const t = useTranslations('notifications');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const people = useQuery(trpc.notifications.assignees.queryOptions({}));
  const { id, assigned, acknowledged, severity } = notification;
  const whyNot = useWhyNotMine(severity);
  const { told } = useMe();
  const after = (said: string) => async () => {
    await queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() });
    announce(said);
  };
  const assign = useMutation(trpc.notifications.assign.mutationOptions({ onSuccess: after(t('assign.done')) }));
  const escalate = useMutation(trpc.notifications.escalate.mutationOptions({ onSuccess: after(t('escalate.done')) }));
  const failed = assign.error ?? escalate.error;
  const known = people.data?.rows ?? [];
  const options = assigned && !known.some((each) => each.id === assigned.to.id) ? [assigned.to, ...known] : known;
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-48 flex-1">
          <SelectField
            label={t('assign.label')}
            hint={whyNot ?? undefined}
            value={assigned?.to.id ?? ''}
            disabled={whyNot !== null || assign.isPending}
            onChange={(event) => assign.mutate({ id, operatorId: event.target.value || null })}
          >
            <option value="">{t('assign.nobody')}</option>
            {options.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name}
              </option>
            ))}
          </SelectField>
        </div>
        {!whyNot && !acknowledged && (
          <Button
            className="min-h-9"
            title={t('escalate.hint')}
            blockedBy={told.alerts || told.email ? null : t('escalate.nowhere')}
            aria-disabled={escalate.isPending}
            onClick={() => !escalate.isPending && escalate.mutate({ id })}
          >
            <Megaphone aria-hidden size={16} />
            {t('escalate.do')}
          </Button>
        )}
      </div>
      {failed && <FailureNote failure={readFailure(failed)} />}
    </section>
  );
}
