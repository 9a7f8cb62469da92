/** Secret `s` is of the key that asked for withdrawal `w`, and could be used when it asked. */
export const ASKED_WITH = `w.requested_by_type = 'api_key' and s.api_key_id = w.requested_by_id
  and s.created_at <= w.requested_at and (s.expires_at is null or s.expires_at > w.requested_at)`;
