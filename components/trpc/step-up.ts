/** An action that waits for the second factor. */
export interface WaitingAction {
  readonly action: string;
  readonly input: unknown;
}

interface Waiting extends WaitingAction {
  readonly decide: (given: boolean) => void;
}

const listeners = new Set<() => void>();
let waiting: readonly Waiting[] = [];

function become(next: readonly Waiting[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** Between the link that meets a refusal and the dialog that asks: one action after the other. */
export const stepUp = {
  /** Resolves to whether the second factor was given. */
  ask: (action: WaitingAction): Promise<boolean> =>
    new Promise((decide) => {
      become([...waiting, { ...action, decide }]);
    }),
  current: (): WaitingAction | null => waiting[0] ?? null,
  answer(given: boolean): void {
    const [first, ...others] = waiting;
    become(others);
    first?.decide(given);
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
