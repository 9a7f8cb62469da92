const ASSET = /^(?:\*|[A-Za-z0-9._:-]{1,64})$/;

/** One of a few words for each asset that is named, and for all others. */
export interface ModeByAsset<Mode extends string> {
  readonly modes: ReadonlyMap<string, Mode>;
  readonly otherwise: Mode;
}

/** Reads `LTC:require,*:warn`; `*` are all that are not named, and the first word is theirs when nobody says. */
export function parseModeByAsset<Mode extends string>(
  words: readonly [Mode, ...Mode[]],
): (text: string) => ModeByAsset<Mode> | string {
  return (text) => {
    const modes = new Map<string, Mode>();
    for (const part of text.split(',').map((entry) => entry.trim())) {
      if (part === '') continue;
      const colon = part.lastIndexOf(':');
      const asset = part.slice(0, Math.max(colon, 0));
      const mode = words.find((word) => word === part.slice(colon + 1));
      if (!ASSET.test(asset) || !mode) return `every entry is written ASSET:${words.join('|')}`;
      if (modes.has(asset)) return `${asset} is named twice`;
      modes.set(asset, mode);
    }
    const otherwise = modes.get('*') ?? words[0];
    modes.delete('*');
    return { modes, otherwise };
  };
}
