export interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

function at(messages: MessageTree, path: string): string | MessageTree | undefined {
  let found: string | MessageTree | undefined = messages;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

export function findMessage(messages: MessageTree, path: string): string | undefined {
  const found = at(messages, path);
  return typeof found === 'string' ? found : undefined;
}

/** Every text below a path, with its own path from there. */
export function messagesBelow(messages: MessageTree, path: string): [path: string, text: string][] {
  const found = at(messages, path);
  return typeof found === 'object' ? leaves(found) : [];
}

function leaves(tree: MessageTree): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[key, value] as [string, string]]
      : leaves(value).map(([below, text]): [string, string] => [`${key}.${below}`, text]),
  );
}

/** ICU's plural as English needs it: `{count, plural, one {# row} other {# rows}}`. */
const PLURAL = /\{(\w+), plural, one \{([^{}]*)\} other \{([^{}]*)\}\}/g;

/** Puts the values in their places. What has no value stays as it is, to be seen. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  const plain = message.replace(PLURAL, (...[place = '', name = '', one = '', other = '']: string[]) => {
    if (!Object.hasOwn(values, name)) return place;
    return (`${values[name]}` === '1' ? one : other).replace('#', `${values[name]}`);
  });
  return plain.replace(/\{(\w+)\}/g, (place, name: string) => `${Object.hasOwn(values, name) ? values[name] : place}`);
}
