export interface KnownSecret {
  readonly name: string;
  readonly text: string;
}

export interface Place {
  readonly where: string;
  readonly text: string;
}

interface Form {
  readonly form: string;
  readonly secret: KnownSecret;
}

/** Shorter ones could stand somewhere by chance. */
const CHARS_MIN = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const HEADS = 0x1_00_00;

/** Base64 of these bytes where others stand before and after them: the characters that are theirs alone. */
function base64Inside(bytes: Buffer, bytesBefore: number): string {
  const whole = Buffer.concat([Buffer.alloc(bytesBefore), bytes]).toString('base64');
  return whole.slice(Math.ceil((bytesBefore * 4) / 3), Math.floor(((bytesBefore + bytes.length) * 4) / 3));
}

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** Every way a secret is likely to be written on its way out. */
function formsOf(text: string): Set<string> {
  const bytes = Buffer.from(text);
  const inside = [0, 1, 2].map((bytesBefore) => base64Inside(bytes, bytesBefore));
  const ofKey = BASE64.test(text) ? [urlSafe(text), Buffer.from(text, 'base64').toString('hex')] : [];
  const escaped = [JSON.stringify(text).slice(1, -1), encodeURIComponent(text)];
  return new Set([text, ...escaped, bytes.toString('hex'), ...inside, ...inside.map(urlSafe), ...ofKey]);
}

/** A number for the four characters that begin here. */
function headAt(text: string, at: number): number {
  let head = 0;
  for (let next = at; next < at + 4; next += 1) head = (head * 61 + text.charCodeAt(next)) % HEADS;
  return head;
}

/** Looks for all of them at once: one walk over a text, however many there are. */
export class SecretSearch {
  readonly #forms: (Form[] | undefined)[] = Array.from({ length: HEADS });
  readonly #texts = new Set<string>();

  constructor(known: Iterable<KnownSecret>) {
    for (const secret of known) {
      if (secret.text.length < CHARS_MIN || this.#texts.has(secret.text)) continue;
      this.#texts.add(secret.text);
      for (const form of formsOf(secret.text)) this.#add({ form, secret });
    }
  }

  /** How many different ones it looks for. */
  get size(): number {
    return this.#texts.size;
  }

  foundIn(text: string): KnownSecret[] {
    const found = new Set<KnownSecret>();
    for (let at = 0; at <= text.length - CHARS_MIN; at += 1) {
      const forms = this.#forms[headAt(text, at)];
      if (forms) for (const { form, secret } of forms) if (text.startsWith(form, at)) found.add(secret);
    }
    return [...found];
  }

  /** Where something stands and what: by its name, never by its text. */
  hitsIn(places: Iterable<Place>): string[] {
    const hits = new Set<string>();
    for (const { where, text } of places) for (const { name } of this.foundIn(text)) hits.add(`${where}: ${name}`);
    return [...hits];
  }

  #add(form: Form): void {
    const head = headAt(form.form, 0);
    this.#forms[head] = [...(this.#forms[head] ?? []), form];
  }
}
