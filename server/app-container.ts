import { loadConfig } from './config/index.ts';
import { type Container, openContainer } from './container.ts';

let opened: Promise<Container> | undefined;

/** The web's container: one for each of Next's module graphs, opened by the first request and never closed. */
export const appContainer = (): Promise<Container> => {
  opened ??= openContainer(loadConfig()).catch((error: unknown) => {
    // The database may only be away for a moment: the next request tries again.
    opened = undefined;
    throw error;
  });
  return opened;
};
