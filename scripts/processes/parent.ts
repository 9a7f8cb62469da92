/** For a program that another script of ours started: ends it when that script is gone, however it went. */
export function endWithParent(): void {
  if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
