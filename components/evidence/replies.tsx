'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Attempt } from './candidates.ts';
import { fieldOf, textOf } from './json.ts';
import { Facts, Part } from './part.tsx';
import { Raw } from './raw.tsx';
import { useReasonWord } from './use-reason-word.ts';

/** What came back, byte for byte; nothing came is an answer too. */
export function Replies({ attempt }: { readonly attempt: Attempt }) {
  const t = useTranslations('evidence');
  const reasonWord = useReasonWord();
  const replies = attempt.evidence.filter(({ kind }) => kind === 'reply');
  return (
    <Part title={t('reply.title')}>
      {replies.length === 0 && <p>{attempt.error ? reasonWord(attempt.error) : t('reply.none')}</p>}
      {replies.map(({ id, at, body }) => (
        <Reply key={id} at={at} body={body} />
      ))}
    </Part>
  );
}

function Reply({ at, body }: Pick<Attempt['evidence'][number], 'at' | 'body'>) {
  const t = useTranslations('evidence');
  const reasonWord = useReasonWord();
  const seen = fieldOf(body, 'evidence');
  const text = textOf(seen, 'body');
  const reason = textOf(body, 'reason');
  const error = textOf(seen, 'error');
  const status = textOf(seen, 'httpStatus');
  const left = fieldOf(seen, 'bytesWritten');
  return (
    <div className="flex flex-col gap-2">
      <Facts
        rows={[
          [t('reply.at'), <Time key="at" at={at} />],
          reason ? [t('reply.meaning'), reasonWord(reason)] : null,
          typeof left === 'boolean' ? [t('reply.left'), t(left ? 'reply.leftYes' : 'reply.leftNo')] : null,
          status ? ['HTTP', <code key="status">{status}</code>] : null,
          error ? [t('reply.connection'), <code key="error">{error}</code>] : null,
        ]}
      />
      {text ? <Raw text={text} label={t('reply.title')} /> : <p className="text-ink-2">{t('reply.empty')}</p>}
    </div>
  );
}
