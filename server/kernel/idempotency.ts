/** Remembers the first reply to a key, for ever, across operators and API keys. */
export interface Idempotency {
  /**
   * Runs `work` the first time a key is seen with a procedure, in the session's transaction, and gives the stored reply
   * every time after. Throws `idempotency.conflict` when the body is another one. What is refused is not remembered.
   */
  once<Reply>(call: IdempotentCall, work: () => Promise<Reply>): Promise<Reply>;
  /** The reply that is kept already, or null. Throws `idempotency.conflict` as `once` does. */
  kept<Reply>(call: IdempotentCall): Promise<Reply | null>;
}

export interface IdempotentCall {
  readonly procedure: string;
  readonly key: string;
  /** The input without the key. */
  readonly body: unknown;
}
