'use client';

import './globals.css';

/** The last resort: nothing of ours is left standing, the language included, so it says it in both. */
export default function GlobalError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <html lang="ko">
      <body>
        <title>Countersign</title>
        <main className="mx-auto flex min-h-dvh max-w-[720px] flex-col items-start justify-center gap-4 p-6">
          <h1 className="font-semibold text-xl">화면을 표시하지 못했습니다</h1>
          <p className="text-ink-2">보낸 결정은 서버에 그대로 있습니다. 다시 열어 상태를 확인하십시오.</p>
          <p lang="en" className="text-ink-2">
            This screen could not be shown. What you decided is safe on the server; open it again to see how it stands.
          </p>
          {error.digest && <p className="font-mono text-sm">{error.digest}</p>}
          <button
            type="button"
            onClick={reset}
            className="min-h-8 rounded-control border border-control bg-surface px-3 py-1"
          >
            다시 시도 · <span lang="en">Try again</span>
          </button>
        </main>
      </body>
    </html>
  );
}
