/** What a key can mean. The screens decide what they do with it. */
export const COMMANDS = [
  'next',
  'previous',
  'open',
  'close',
  'approve',
  'reject',
  'hold',
  'note',
  'recheck',
  'search',
  'help',
  'go-overview',
  'go-withdrawals',
  'go-exceptions',
  'go-balances',
  'go-reconciliation',
  'go-wallets',
  'go-mining',
  'go-addresses',
  'go-api-keys',
  'go-notifications',
  'go-webhooks',
  'go-policies',
  'go-team',
  'go-status',
  'go-audit',
] as const;
export type Command = (typeof COMMANDS)[number];

/** The parts of a `KeyboardEvent` that decide. */
export interface KeyPress {
  /** The physical key: `key` would be a Hangul letter under a Korean layout. */
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly repeat: boolean;
}

/** Where the key was pressed. `field`: typing; `control`: a button or link that has keys of its own; `page`: elsewhere. */
export type KeyPlace = 'field' | 'control' | 'page';

export interface KeySituation {
  readonly place: KeyPlace;
  /** Whether single characters act at all; an operator may turn them off. */
  readonly letterKeys: boolean;
  /** When `g` was pressed, in the clock of `nowMs`; null when it was not. */
  readonly prefixAtMs: number | null;
  readonly nowMs: number;
}

export type KeyMeaning = Command | 'prefix' | null;

const PREFIX_LASTS_MS = 1_500;

const MOVES: Readonly<Record<string, Command>> = { ArrowDown: 'next', ArrowUp: 'previous' };
const LETTERS: Readonly<Record<string, Command>> = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyO: 'open',
  KeyA: 'approve',
  KeyR: 'reject',
  KeyH: 'hold',
  KeyN: 'note',
  KeyU: 'recheck',
  Slash: 'search',
};
const AFTER_PREFIX: Readonly<Record<string, Command>> = {
  KeyO: 'go-overview',
  KeyW: 'go-withdrawals',
  KeyE: 'go-exceptions',
  KeyB: 'go-balances',
  KeyR: 'go-reconciliation',
  KeyA: 'go-wallets',
  KeyM: 'go-mining',
  KeyD: 'go-addresses',
  KeyK: 'go-api-keys',
  KeyN: 'go-notifications',
  KeyH: 'go-webhooks',
  KeyP: 'go-policies',
  KeyT: 'go-team',
  KeyS: 'go-status',
  KeyL: 'go-audit',
};

export function meaningOf(key: KeyPress, situation: KeySituation): KeyMeaning {
  if (key.isComposing || key.ctrlKey || key.altKey || key.metaKey) return null;
  if (key.code === 'Escape') return 'close';
  if (situation.place === 'field') return null;
  if (key.shiftKey) return key.code === 'Slash' && situation.letterKeys ? 'help' : null;
  if (situation.place === 'page' && key.code === 'Enter') return 'open';
  return MOVES[key.code] ?? letterMeaning(key, situation);
}

function letterMeaning(key: KeyPress, situation: KeySituation): KeyMeaning {
  if (!situation.letterKeys) return null;
  const afterPrefix = situation.prefixAtMs !== null && situation.nowMs - situation.prefixAtMs <= PREFIX_LASTS_MS;
  if (afterPrefix) return AFTER_PREFIX[key.code] ?? null;
  if (key.code === 'KeyG') return 'prefix';
  const command = LETTERS[key.code] ?? null;
  // A held key may walk through the rows, but must never open one sheet after the other.
  return key.repeat && command !== 'next' && command !== 'previous' ? null : command;
}
