import { EVIDENCE_BODY_CHARS_MAX } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import { storable } from './lossless-json.ts';

const HIDDEN = '[hidden]';
/** A shorter piece of a secret at the end of a broken reply says nothing about it. */
const PIECE_CHARS_MIN = 4;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};
/** Fields that hold a secret whatever it is, also where the reply breaks off inside them. */
const SECRET_FIELD = /("(?:walletKey|feeWalletKey|callback)"\s*:\s*)"(?:[^"\\]|\\.)*(?:"|\\?$)/gis;

/** A provider's reply as it may be stored: known secrets and secret fields hidden, then cut to the evidence's size. */
export function redact(text: string, secrets: readonly Secret[]): string {
  let clean = text.replace(SECRET_FIELD, `$1"${HIDDEN}"`);
  for (const secret of secrets) clean = hide(clean, secret.reveal());
  return storable(clean.slice(0, EVIDENCE_BODY_CHARS_MAX));
}

function hide(text: string, secret: string): string {
  if (secret === '') return text;
  const whole = text.replace(new RegExp([...secret].map(spellings).join(''), 'gu'), HIDDEN);
  const encoded = whole.replaceAll(encodeURIComponent(secret), HIDDEN);
  return hidePieceAtEnd(encoded, secret);
}

/** Every way JSON may spell a character: itself, its short escape, its \u escapes. */
function spellings(character: string): string {
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at).toString(16).padStart(4, '0'));
  const unicode = units.map((hex) => `\\\\u${[...hex].map(eitherCase).join('')}`).join('');
  const short = SHORT_ESCAPES[character];
  const escaped = short === undefined ? '' : `|\\\\${literalOf(short)}`;
  return `(?:${unicode}${escaped}|${literalOf(character)})`;
}

function literalOf(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function eitherCase(hex: string): string {
  return /[a-f]/.test(hex) ? `[${hex}${hex.toUpperCase()}]` : hex;
}

function hidePieceAtEnd(text: string, secret: string): string {
  const spelled = [secret, JSON.stringify(secret).slice(1, -1)];
  for (const form of spelled) {
    for (let length = form.length - 1; length >= PIECE_CHARS_MIN; length -= 1) {
      if (text.endsWith(form.slice(0, length))) return `${text.slice(0, -length)}${HIDDEN}`;
    }
  }
  return text;
}
