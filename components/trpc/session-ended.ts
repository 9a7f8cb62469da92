const listeners = new Set<() => void>();
let ended = false;

/** Whether the server has stopped knowing this operator. The page stays, so that what was typed is not lost. */
export const sessionEnded = {
  report(): void {
    ended = true;
    for (const listener of listeners) listener();
  },
  /** Somebody signed in again, in another window. */
  forget(): void {
    ended = false;
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isSo: (): boolean => ended,
};
