/**
 * One unit of work per procedure call or job step: `work` gets services that share one identity map.
 * `Services` is what the application offers inside a session.
 */
export interface Sessions<Services> {
  /**
   * For looking, and for calling a provider: no entity is flushed. A statement that writes stands by itself, and so does the
   * one of what was kept for the end, such as a row of the record.
   */
  withoutTransaction<T>(work: (services: Services) => Promise<T>): Promise<T>;
  /** One transaction, committed once when `work` is done and rolled back when it throws. No provider may be called. */
  inTransaction<T>(work: (services: Services) => Promise<T>): Promise<T>;
}
