/**
 * Milliseconds since it was started, by the longer of two clocks: the monotonic one may stand still while a machine is
 * suspended, and the wall's may be set back.
 */
export function stopwatch(): () => number {
  const [counted, told] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - counted, Date.now() - told);
}
