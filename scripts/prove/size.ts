/** `npm run prove` runs the same tests with all they can do; `npm test` runs a part of it that takes seconds. */
const isFull = process.env['PROVE'] === 'full';

export const sized = <T>(short: T, full: T): T => (isFull ? full : short);

/** What was measured, for whoever runs the proof. */
export function figure(text: string): void {
  if (isFull) console.log(`FIGURE ${text}`);
}
