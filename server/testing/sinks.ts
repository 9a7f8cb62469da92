import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface SinkRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A receiver over real HTTP. It keeps what it took; `answer` says what it answers from now on. */
export interface HttpSink {
  readonly url: string;
  /** Everything that arrived, whatever was answered. */
  readonly seen: readonly SinkRequest[];
  /** What was answered with a success. */
  readonly taken: readonly SinkRequest[];
  /** With 0 it takes what comes and says nothing. */
  answer(status: number | ((request: SinkRequest) => number), headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export async function startHttpSink(): Promise<HttpSink> {
  const seen: SinkRequest[] = [];
  const taken: SinkRequest[] = [];
  let answer: (request: SinkRequest) => number = () => 200;
  let replyHeaders: Readonly<Record<string, string>> = {};
  const server = http.createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, `${value}`]));
      const request = { path: message.url ?? '', headers, body: Buffer.concat(chunks).toString('utf8') };
      const status = answer(request);
      seen.push(request);
      if (status >= 200 && status < 300) taken.push(request);
      if (status > 0) response.writeHead(status, replyHeaders).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    taken,
    answer(status, headers = {}) {
      answer = typeof status === 'number' ? () => status : status;
      replyHeaders = headers;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface SmtpSink {
  readonly url: string;
  readonly mails: readonly { readonly from: string; readonly to: readonly string[]; readonly text: string }[];
  /** Refuses every message from now on, or takes them again. */
  refuse(refuses: boolean): void;
  close(): Promise<void>;
}

/** A real mail server on this machine, without TLS; it wants the account `alerts` with the password `mail-password`. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: { from: string; to: string[]; text: string }[] = [];
  let refuses = false;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'alerts' && password === 'mail-password'
        ? done(null, { user: username })
        : done(new Error('wrong account or password')),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refuses) return done(new Error('try again later'));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        mails.push({ from, to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://alerts:mail-password@127.0.0.1:${port}?from=countersign%40example.test`,
    mails,
    refuse(next) {
      refuses = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
