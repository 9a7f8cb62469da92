import { BODY_TOO_LARGE, DEADLINE, HELD_BACK, REQUEST_INVALID } from './failure-words.ts';
import { blockProvider, final, notReached, tryAgain, unknown, type Verdict } from './verdict.ts';

interface TransportRow {
  readonly error: RegExp;
  readonly verdict: Verdict;
}

/** Nothing of the request had left: it provably did not run. */
const BEFORE_FIRST_BYTE: readonly TransportRow[] = [
  { error: exactly(REQUEST_INVALID), verdict: final('request_invalid') },
  { error: exactly(HELD_BACK), verdict: tryAgain('held_back') },
  { error: exactly(DEADLINE), verdict: notReached('connect_timeout') },
  { error: /^(?:ENOTFOUND|EAI_[A-Z]+)$/, verdict: notReached('name_not_resolved') },
  { error: /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/, verdict: notReached('not_connected') },
  {
    error:
      /^(?:EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_\w+)$/,
    verdict: blockProvider('tls_refused'),
  },
];
const CONNECTION_LOST_EARLY = notReached('connection_lost_before_request');

/** The request may have arrived: only evidence decides. */
const AFTER_FIRST_BYTE: readonly TransportRow[] = [
  { error: exactly(DEADLINE), verdict: unknown('no_reply_in_time') },
  { error: exactly(BODY_TOO_LARGE), verdict: unknown('reply_too_large') },
];
const CONNECTION_LOST = unknown('connection_lost');

export function judgeTransport(bytesWritten: boolean, error: string): Verdict {
  const rows = bytesWritten ? AFTER_FIRST_BYTE : BEFORE_FIRST_BYTE;
  const row = rows.find((candidate) => candidate.error.test(error));
  return row?.verdict ?? (bytesWritten ? CONNECTION_LOST : CONNECTION_LOST_EARLY);
}

function exactly(word: string): RegExp {
  return new RegExp(`^${word}$`);
}
