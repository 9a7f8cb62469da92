import type ts from 'typescript';
import { TypeText } from './type-text.ts';

const CALL_OPTIONS = 'export interface CallOptions {\n  readonly signal?: AbortSignal;\n}\n';

/** The client's types without the server behind them: every input and output by name and written out in full. */
export function surfaceText(program: ts.Program, file: string): string {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const client = module && checker.getExportsOfModule(module).find(({ name }) => name === 'CountersignClient');
  if (!client) throw new Error(`${file} has no CountersignClient`);
  const text = new TypeText(checker);
  const types: string[] = [];
  const named = (name: string, type: ts.Type) => {
    types.push(`export type ${name} = ${text.of(type)};\n`);
    return name;
  };
  const nouns = membersOf(checker, checker.getDeclaredTypeOfSymbol(client)).map(([noun, verbs]) => {
    const calls = membersOf(checker, verbs).map(([verb, ways]) => {
      const [way] = membersOf(checker, ways);
      const [signature] = way ? way[1].getCallSignatures() : [];
      const [input] = signature?.parameters ?? [];
      if (!way || !signature || !input) throw new Error(`${noun}.${verb} cannot be called`);
      const name = capital(noun) + capital(verb);
      const inputName = named(`${name}Input`, checker.getTypeOfSymbol(input));
      const outputName = named(
        `${name}Output`,
        checker.getAwaitedType(signature.getReturnType()) ?? signature.getReturnType(),
      );
      return `    readonly ${verb}: { ${way[0]}(input: ${inputName}, options?: CallOptions): Promise<${outputName}> };`;
    });
    return `  readonly ${noun}: {\n${calls.join('\n')}\n  };`;
  });
  return [CALL_OPTIONS, ...types, `export interface CountersignClient {\n${nouns.join('\n')}\n}\n`].join('\n');
}

const membersOf = (checker: ts.TypeChecker, type: ts.Type): [name: string, type: ts.Type][] =>
  checker.getPropertiesOfType(type).map((property) => [property.name, checker.getTypeOfSymbol(property)]);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
