/** Ends the program with a message for people instead of a stack. */
export function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
