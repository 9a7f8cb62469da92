/** ISO 8601 has a year zero, Postgres has none and answers such an instant with an error. */
export const inKnownYear = (isoText: string): boolean => !isoText.startsWith('0000');
