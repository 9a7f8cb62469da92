import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../paths.ts';
import { surfaceText } from './surface-text.ts';

const SURFACE = 'server/client/surface.ts';
/** All that goes along; nothing else of the server is in it, by value or by type. */
const SOURCES = ['index', 'call', 'error', 'retries'].map((name) => `server/client/${name}.ts`);
const KERNEL = 'server/kernel/errors.ts';

/** The package that platforms install: ECMAScript modules and types, and nothing that it depends on. */
export function buildClient(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const program = programOf([...SOURCES, KERNEL, SURFACE]);
  for (const name of [...SOURCES, KERNEL]) emit(program, name, folder);
  write(join(folder, 'client/surface.d.ts'), surfaceText(program, join(projectFolder, SURFACE)));
  const { version, description, license, engines } = JSON.parse(
    readFileSync(join(projectFolder, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  const entry = { types: './client/index.d.ts', default: './client/index.js' };
  const manifest = { name: 'countersign', version, description, license, type: 'module', engines };
  write(join(folder, 'package.json'), JSON.stringify({ ...manifest, exports: { './client': entry } }, null, 2));
  cpSync(join(projectFolder, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(projectFolder, 'docs/CLIENT.md'), join(folder, 'README.md'));
  cpSync(join(projectFolder, 'docs/examples'), join(folder, 'examples'), { recursive: true });
}

function programOf(names: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(projectFolder, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectFolder);
  const { incremental: _incremental, ...rest } = options;
  return ts.createProgram(
    names.map((name) => join(projectFolder, name)),
    { ...rest, noEmit: false, allowImportingTsExtensions: false, declaration: true, module: ts.ModuleKind.ESNext },
  );
}

function emit(program: ts.Program, name: string, folder: string): void {
  const source = program.getSourceFile(join(projectFolder, name));
  if (!source) throw new Error(`${name} is not there`);
  program.emit(source, (written, text) => {
    const ending = written.endsWith('.d.ts') ? '.d.ts' : '.js';
    write(join(folder, name.replace('server/', '').replace(/\.ts$/, ending)), text.replaceAll(IMPORT, "$1.js'"));
  });
}

/** What a file imports goes by the name that it has once it is built. */
const IMPORT = /( from '\.{1,2}\/[\w./-]+)\.ts'/g;

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
