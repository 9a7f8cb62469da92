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
  KeyT: 'go-team',
  KeyS: 'go-status',
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
