import ts from 'typescript';

const DEPTH_MAX = 16;

/** Writes a type out in full, with no name in it that would have to be imported: what is read is what is sent. */
export class TypeText {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  of(type: ts.Type, depth = 0): string {
    if (depth > DEPTH_MAX) throw new Error(`a type without end: ${this.#checker.typeToString(type)}`);
    if (type.flags & ts.TypeFlags.Any) throw new Error('a type that says nothing');
    if (type.isUnion()) return this.#union(type.types, depth);
    if (!(type.flags & ts.TypeFlags.Object)) return this.#checker.typeToString(type);
    if (this.#checker.isTupleType(type)) throw new Error('a tuple');
    if (this.#checker.isArrayType(type)) {
      const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
      if (!element) throw new Error('a list of nothing');
      return `Array<${this.of(element, depth + 1)}>`;
    }
    return this.#object(type, depth);
  }

  #union(types: readonly ts.Type[], depth: number): string {
    const words = types.map((each) => this.of(each, depth + 1));
    // `boolean` comes as its two values.
    const isBoolean = words.includes('true') && words.includes('false');
    const rest = isBoolean ? words.filter((word) => word !== 'true' && word !== 'false') : words;
    return [...new Set(isBoolean ? [...rest, 'boolean'] : rest)].join(' | ');
  }

  #object(type: ts.Type, depth: number): string {
    const index = this.#checker.getIndexInfosOfType(type)[0];
    if (index) return `{ [key: string]: ${this.of(index.type, depth + 1)} }`;
    const fields = this.#checker.getPropertiesOfType(type).map((property) => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const whole = this.#checker.getTypeOfSymbol(property);
      const parts = whole.isUnion() ? whole.types : [whole];
      const value = this.#union(isOptional ? parts.filter(isThere) : parts, depth + 1);
      return `${property.name}${isOptional ? '?' : ''}: ${value}`;
    });
    return `{ ${fields.join('; ')} }`;
  }
}

const isThere = ({ flags }: ts.Type): boolean => !(flags & ts.TypeFlags.Undefined);
