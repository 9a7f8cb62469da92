'use client';

import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { Button } from '#components/ui/button.tsx';

/** The words stand here: the messages may be what failed to load. */
const WORDS = {
  ko: {
    title: '화면을 표시하지 못했습니다',
    next: '보낸 결정은 서버에 그대로 있습니다. 다시 열어 상태를 확인하십시오.',
    incident: '문의 번호',
    retry: '다시 시도',
  },
  en: {
    title: 'This screen could not be shown',
    next: 'What you decided is safe on the server. Open it again to see how it stands.',
    incident: 'Incident',
    retry: 'Try again',
  },
} as const;

export default function ConsoleError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  const words = WORDS[usePreferences().locale];
  return (
    <div role="alert" className="flex min-h-dvh flex-col items-start justify-center gap-4 p-6">
      <h1 className="font-semibold text-xl">{words.title}</h1>
      <p className="text-ink-2">{words.next}</p>
      {error.digest && (
        <p className="font-mono text-sm">
          {words.incident} {error.digest}
        </p>
      )}
      <Button onClick={reset}>{words.retry}</Button>
    </div>
  );
}
