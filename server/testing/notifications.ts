import { type TestApplication, testApplication } from './application.ts';
import { type HttpSink, type SmtpSink, startHttpSink, startSmtpSink } from './sinks.ts';
import { type Asked, approved, operatorOf } from './withdrawals.ts';

/** What a platform gets, as far as the tests read it. */
export interface Told {
  readonly type: string;
  readonly data: { readonly id: string; readonly status: string; readonly sequence: string };
}

/** The moves of a withdrawal of less than one coin that goes well. */
export const COURSE = ['withdrawal.pending', 'withdrawal.approved', 'withdrawal.submitted', 'withdrawal.completed'];

/** An application with somebody to tell on every channel: a chat, a mail server and a platform, all real. */
export interface NotificationBench {
  readonly app: TestApplication;
  readonly alerts: HttpSink;
  readonly platform: HttpSink;
  readonly mail: SmtpSink;
  /** The platform's webhook, and the secret it verifies with. */
  readonly endpoint: string;
  readonly secret: string;
  /** What the platform knows of a withdrawal: each event once, in the order in which it first took them. */
  toldOf(id: string): string[];
  /** Passes on and sends all that is due. */
  deliver(): Promise<number>;
  /** A withdrawal whose payout was executed and whose reply was lost. */
  lost(): Promise<Asked>;
  close(): Promise<void>;
}

export async function notificationBench(): Promise<NotificationBench> {
  const [alerts, platform, mail] = await Promise.all([startHttpSink(), startHttpSink(), startSmtpSink()]);
  const app = await testApplication({
    environment: { ALERT_WEBHOOK_URL: `${alerts.url}/services/T0/B0/hidden-token`, SMTP_URL: mail.url },
  });
  const { caller } = await operatorOf(app, 'admin');
  const { id: endpoint, secret } = await caller.webhooks.create({
    url: `${platform.url}/hooks`,
    description: 'platform',
  });
  return {
    app,
    alerts,
    platform,
    mail,
    endpoint,
    secret,
    toldOf(id) {
      const each = platform.taken.map(
        ({ headers, body }) => [headers['webhook-id'], JSON.parse(body) as Told] as const,
      );
      return [...new Map(each).values()].filter((told) => told.data.id === id).map((told) => told.type);
    },
    deliver: () => app.jobs.drain('notifications.fan-out', 'notifications.deliver'),
    async lost() {
      app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'drop_after' });
      const request = await approved(app);
      await app.jobs.drain('payout.dispatch');
      return request;
    },
    async close() {
      await app.close();
      await Promise.all([alerts.close(), platform.close(), mail.close()]);
    },
  };
}
