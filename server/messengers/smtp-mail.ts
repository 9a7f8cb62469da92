import { createTransport } from 'nodemailer';
import type { Secret } from '#server/kernel/secret.ts';
import { SEND_DEADLINE_MS } from '#server/notifications/index.ts';
import type { AlertMessage, SendResult } from '#server/notifications/sender.port.ts';

/** The sender's address: `from=` in the query, which is ours; else the account's name; else a name at the console's host. */
function senderOf(url: URL, appUrl: string): string {
  const account = decodeURIComponent(url.username);
  return url.searchParams.get('from') ?? (account.includes('@') ? account : `countersign@${new URL(appUrl).hostname}`);
}

/** Sends alerts by e-mail: one message, its readers hidden from each other; a copy sent twice carries the same id. */
export function smtpMail(
  address: Secret,
  { appUrl, guard }: { appUrl: string; guard: () => void },
): (message: AlertMessage, to: readonly string[]) => Promise<SendResult> {
  return async ({ eventId, title, lines, link }, to) => {
    guard();
    const url = new URL(address.reveal());
    const from = senderOf(url, appUrl);
    url.searchParams.delete('from');
    const begun = performance.now();
    const transport = createTransport({
      url: url.href,
      connectionTimeout: SEND_DEADLINE_MS / 3,
      greetingTimeout: SEND_DEADLINE_MS / 3,
      socketTimeout: SEND_DEADLINE_MS / 3,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const durationMs = () => Math.round(performance.now() - begun);
    try {
      await transport.sendMail({
        from: { name: 'Countersign', address: from },
        bcc: [...to],
        subject: title,
        text: [title, '', ...lines, '', link].join('\n'),
        messageId: `<${eventId}@${new URL(appUrl).hostname}>`,
      });
      return { kind: 'delivered', durationMs: durationMs() };
    } catch (error) {
      return { kind: 'failed', error: wordOf(error), durationMs: durationMs() };
    } finally {
      transport.close();
    }
  };
}

/** The library's or the system's word. Its message may quote the server's answer and, with it, an account. */
function wordOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return (
    [code, responseCode].filter((word) => typeof word === 'string' || typeof word === 'number').join(' ') || 'smtp'
  );
}
