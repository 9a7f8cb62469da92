/** Our own words for a failed call, beside the system's error codes. */
export const HELD_BACK = 'held_back';
export const DEADLINE = 'deadline';
export const BODY_TOO_LARGE = 'body_too_large';
export const CONNECTION_CLOSED = 'connection_closed';
export const REQUEST_INVALID = 'request_invalid';

export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : CONNECTION_CLOSED;
}
