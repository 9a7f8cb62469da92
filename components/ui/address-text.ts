const GROUP_CHARS = 4;

const HEX_PREFIX = '0x';

/** An address in fours, nothing left out; `0x` stands before them. An e-mail address or other account name stays in one piece. */
export function addressGroups(text: string): readonly { readonly at: number; readonly group: string }[] {
  if (!/^[A-Za-z0-9]+$/.test(text)) return [{ at: 0, group: text }];
  const start = text.startsWith(HEX_PREFIX) ? HEX_PREFIX.length : 0;
  const fours = Array.from({ length: Math.ceil((text.length - start) / GROUP_CHARS) }, (_, index) => {
    const at = start + index * GROUP_CHARS;
    return { at, group: text.slice(at, at + GROUP_CHARS) };
  });
  return start > 0 ? [{ at: 0, group: HEX_PREFIX }, ...fours] : fours;
}
