const GROUP_CHARS = 4;

/** An address in fours, nothing left out. An e-mail address or other account name stays in one piece. */
export function addressGroups(text: string): readonly { readonly at: number; readonly group: string }[] {
  if (!/^[A-Za-z0-9]+$/.test(text)) return [{ at: 0, group: text }];
  return Array.from({ length: Math.ceil(text.length / GROUP_CHARS) }, (_, index) => ({
    at: index * GROUP_CHARS,
    group: text.slice(index * GROUP_CHARS, (index + 1) * GROUP_CHARS),
  }));
}
