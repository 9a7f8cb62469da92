export interface Line {
  readonly change: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What a change takes away stands right before what it puts in its place; both keep their own order. */
export function diffOf(before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = [];
  let next = 0;
  for (const text of before) {
    const at = after.indexOf(text, next);
    if (at < 0) {
      lines.push({ change: 'removed', text });
      continue;
    }
    lines.push(...after.slice(next, at).map((added): Line => ({ change: 'added', text: added })));
    lines.push({ change: 'same', text });
    next = at + 1;
  }
  return [...lines, ...after.slice(next).map((added): Line => ({ change: 'added', text: added }))];
}
