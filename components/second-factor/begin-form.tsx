import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { SecondFactorBegunView } from '#server/operators/contract.ts';
import { PASSWORD_CHARS_MAX } from '#server/operators/statuses.ts';

interface BeginFormProps {
  readonly heading: ReactNode;
  readonly lead: string;
  readonly onBegun: (begun: SecondFactorBegunView) => void;
}

/** Asks for the key of a new app; for the password as well where signing in was a while ago. */
export function BeginForm({ heading, lead, onBegun }: BeginFormProps) {
  const t = useTranslations('secondFactor');
  const tErrors = useTranslations('errors');
  const trpc = useTRPC();
  const begin = useMutation(trpc.secondFactor.begin.mutationOptions({ onSuccess: onBegun }));
  const failure = begin.error && readFailure(begin.error);
  const isAboutPassword = failure?.code === 'auth.password_required' || failure?.code === 'password.wrong';
  // The field stays while another try is on its way, and after one that failed for another reason.
  const asksPassword = isAboutPassword || begin.variables?.password !== undefined;
  const start = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    if (!begin.isPending) begin.mutate(password === null ? {} : { password: String(password) });
  };
  return (
    <form method="post" onSubmit={start} className="flex flex-col gap-4">
      {heading}
      <p className="text-ink-2">{lead}</p>
      {asksPassword && (
        <TextField
          label={t('password')}
          hint={tErrors('auth.password_required')}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={PASSWORD_CHARS_MAX}
          required
          problem={failure?.code === 'password.wrong' ? tErrors('password.wrong') : null}
        />
      )}
      {failure && !isAboutPassword && <FailureNote failure={failure} isHarmless />}
      <Button type="submit" look="primary" className="min-h-10" aria-disabled={begin.isPending}>
        {t('start')}
      </Button>
    </form>
  );
}
