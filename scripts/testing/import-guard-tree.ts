import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectFolder } from '../paths.ts';

interface Violation {
  readonly rule: string;
  readonly from: string;
}

interface Verdict {
  readonly moduleCount: number;
  readonly violations: readonly Violation[];
}

interface Report {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
}

/** A small tree of sources under the project's own guard; `files` maps a path to its text. */
export function plantTree(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
    copyFileSync(join(projectFolder, name), join(folder, name));
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What the guard, run as `npm run deps` does, says about the tree. */
export function cruise(folder: string): Promise<Verdict> {
  const program = join(projectFolder, 'node_modules', '.bin', 'depcruise');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'app', 'components', 'server'];
  return new Promise((resolve, reject) => {
    // The exit code is the number of breaches, so only what was written tells whether it worked.
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!stdout) return reject(error ?? new Error(stderr));
      const { summary }: Report = JSON.parse(stdout);
      const violations = summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
      resolve({ moduleCount: summary.totalCruised, violations });
    });
  });
}
