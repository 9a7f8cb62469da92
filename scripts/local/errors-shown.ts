const REPEAT_MS = 10_000;

/** Shows what children report as errors, the same text at most once in ten seconds; the whole stands in their logs. */
export function errorPrinter(print: (line: string) => void = console.error): (name: string, line: string) => void {
  const shown = new Map<string, number>();
  return (name, line) => {
    const key = `${name} ${line.replace(/\d+/g, '#')}`;
    const now = Date.now();
    if (now - (shown.get(key) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    shown.set(key, now);
    print(`[${name}] ${line}`);
  };
}
