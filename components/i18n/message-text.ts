export interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

export function findMessage(messages: MessageTree, path: string): string | undefined {
  let found: string | MessageTree | undefined = messages;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return typeof found === 'string' ? found : undefined;
}

/** Puts the values in their places. What has no value stays as it is, to be seen. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replace(
    /\{(\w+)\}/g,
    (place, name: string) => `${Object.hasOwn(values, name) ? values[name] : place}`,
  );
}
