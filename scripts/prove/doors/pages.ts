import { globSync } from 'node:fs';
import { projectFolder } from '../../paths.ts';

const SOMEBODYS_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** The paths of all pages, with an id that may be somebody's wherever one is needed. */
export const PAGES: readonly string[] = globSync('app/**/page.tsx', { cwd: projectFolder }).map((file) => {
  const parts = file.split('/').slice(1, -1);
  return `/${parts
    .filter((part) => !part.startsWith('('))
    .map((part) => (part.startsWith('[') ? SOMEBODYS_ID : part))
    .join('/')}`;
});
