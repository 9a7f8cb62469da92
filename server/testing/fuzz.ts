import type { z } from 'zod';
import { newId } from '#server/kernel/ids.ts';
import type { Random } from '../../scripts/chaos/random.ts';

/** Stands in every text that the fuzzer makes up, so that it can be told from texts of ours wherever it turns up. */
export const FUZZ_MARK = 'zqxv';

type Schema = z.core.$ZodType;
/** What the definitions of all schemas have in common, as far as it is needed here. */
interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly element?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly options?: readonly Schema[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
}

/** Of these some schema or other takes one; which, is tried out. */
const PLAUSIBLE: readonly (() => unknown)[] = [
  () => newId(),
  () => `${FUZZ_MARK} text`,
  () => `${FUZZ_MARK}'; drop table operators; --`,
  () => `${FUZZ_MARK}" or 1=1 --`,
  () => `%${FUZZ_MARK}_\\`,
  () => `:${FUZZ_MARK} ?? ? $1 {{${FUZZ_MARK}}}`,
  () => `{"$raw":"${FUZZ_MARK}"}`,
  () => '0.5',
  () => '1',
  () => 'LTC',
  () => 'BSC:BNB',
  () => '2026-03-01T00:00:00Z',
  () => '2026-03-01',
  () => 'a'.repeat(64),
  () => 'A'.repeat(43),
  () => `0x${'1'.repeat(40)}`,
  () => '000000',
  () => `${FUZZ_MARK}@fuzz.example`,
  () => `${FUZZ_MARK}a long password of words`,
  () => `https://${FUZZ_MARK}.example/hook`,
  () => '10.1.0.0/16',
  () => 'withdrawals.approve',
  () => 'hashdam',
  () => 1,
  () => 50,
  () => 0,
  () => true,
];

const deep = (levels: number): unknown => {
  let value: unknown = FUZZ_MARK;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** What no field wants: other types, operators and raw fragments of query builders, text that breaks things. */
const HOSTILE: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1.5,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER + 1,
  () => [],
  () => ({}),
  () => [[FUZZ_MARK]],
  () => ({ $ne: null }),
  () => ({ $or: [{ [FUZZ_MARK]: 1 }] }),
  () => ({ $raw: `${FUZZ_MARK}' or 1=1` }),
  () => ({ sql: `select ${FUZZ_MARK}`, params: [] }),
  () => ({ __raw: true, sql: FUZZ_MARK }),
  () => ({ toString: FUZZ_MARK, valueOf: 1 }),
  () => ({ toJSON: FUZZ_MARK }),
  () => ({ [`${FUZZ_MARK}" = 1 or "a`]: 1 }),
  () => ({ 'a->>b': FUZZ_MARK }),
  () => JSON.parse(`{"__proto__":{"${FUZZ_MARK}":true}}`),
  () => ({ constructor: { prototype: { [FUZZ_MARK]: true } } }),
  () => '',
  () => ' ',
  () => '\0',
  () => `a\0${FUZZ_MARK}`,
  () => '\ud800',
  () => `${FUZZ_MARK}\udfff`,
  () => '\u0007\u001b[31m',
  () => '\u202e\u2066\u200b',
  () => FUZZ_MARK.repeat(5_000),
  () => '9'.repeat(400),
  () => '-1',
  () => '1e5',
  () => '0x10',
  () => 'NaN',
  () => `0.${'1'.repeat(40)}`,
  () => `../../${FUZZ_MARK}`,
  () => '{{constructor.constructor("return 1")()}}',
  () => '<script>alert(1)</script>',
  () => 'AAAA',
  () => btoa(`["2026-01-01T00:00:00.000000Z","${FUZZ_MARK}"]`),
  () => '0000-01-01T00:00:00Z',
  () => '9999-99-99T00:00:00Z',
  () => deep(50),
  () => deep(3_000),
];

/** Inputs of one procedure, drawn from the shape it asks for and then spoiled: the same seed, the same inputs. */
export class InputFuzz {
  readonly #schema: Schema;
  readonly #random: Random;

  constructor(schema: Schema, random: Random) {
    this.#schema = schema;
    this.#random = random;
  }

  next(): unknown {
    const roll = this.#random.int(1, 100);
    if (roll <= 15) return this.#json(4);
    const input = this.#valueOf(this.#schema);
    if (roll <= 40) return input;
    if (roll <= 50) return { ...(input as object), [this.#hostileKey()]: this.#hostile() };
    return this.#spoiled(input);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.int(0, from.length - 1)] as T;
  }

  #hostile(): unknown {
    return this.#pick(HOSTILE)();
  }

  #hostileKey(): string {
    return this.#pick(['surplus', 'role', 'status', '__proto__', 'constructor', 'then', FUZZ_MARK, 'id; drop']);
  }

  /** One place in it, however deep, becomes something else, or goes. */
  #spoiled(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.#random.int(1, 4) === 1) return this.#hostile();
    if (Array.isArray(value)) {
      const at = this.#random.int(0, value.length);
      return [...value.slice(0, at), this.#spoiled(value[at] ?? null), ...value.slice(at + 1)];
    }
    const entries = Object.entries(value);
    if (entries.length === 0) return this.#hostile();
    const [name, inner] = this.#pick(entries);
    const { [name]: _, ...others } = value as Record<string, unknown>;
    return this.#random.int(1, 8) === 1 ? others : { ...value, [name]: this.#spoiled(inner) };
  }

  /** Any JSON at all. */
  #json(levels: number): unknown {
    const roll = this.#random.int(1, 10);
    if (levels === 0 || roll <= 5) return this.#random.int(0, 1) === 0 ? this.#hostile() : this.#pick(PLAUSIBLE)();
    const parts = Array.from({ length: this.#random.int(0, 4) }, () => this.#json(levels - 1));
    if (roll <= 7) return parts;
    return Object.fromEntries(parts.map((part, at) => [at === 0 ? this.#hostileKey() : `${FUZZ_MARK}${at}`, part]));
  }

  /** Something that this schema takes, as far as it can be found. */
  #valueOf(schema: Schema): unknown {
    const def = schema._zod.def as unknown as Definition;
    if (def.shape) {
      return Object.fromEntries(
        Object.entries(def.shape)
          .map(([name, inner]) => [name, this.#valueOf(inner)] as const)
          .filter(([, value]) => value !== undefined),
      );
    }
    if (def.options) return this.#valueOf(this.#pick(def.options));
    if (def.entries) return this.#pick(Object.values(def.entries));
    if (def.values) return this.#pick(def.values);
    if (def.element) return [this.#valueOf(def.element)];
    if (def.type === 'optional' && this.#random.int(0, 1) === 0) return undefined;
    if (def.type === 'nullable' && this.#random.int(0, 1) === 0) return null;
    const inner = def.innerType ?? def.in;
    return inner ? this.#valueOf(inner) : this.#leaf(schema);
  }

  #leaf(schema: Schema): unknown {
    const from = this.#random.int(0, PLAUSIBLE.length - 1);
    for (let step = 0; step < PLAUSIBLE.length; step += 1) {
      const value = PLAUSIBLE[(from + step) % PLAUSIBLE.length]?.();
      if ('safeParse' in schema && (schema as z.ZodType).safeParse(value).success) return value;
    }
    return this.#hostile();
  }
}
