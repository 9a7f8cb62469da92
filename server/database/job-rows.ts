/**
 * The insert that puts jobs on the queue as pg-boss does, by what their queue says. `rows` selects `id`, `name`, `data` and
 * `start_after`. One without a queue is refused by the table.
 */
export const insertJobs = (rows: string): string => `
  insert into pgboss.job (id, name, data, start_after, keep_until, policy, retry_limit, retry_delay, retry_backoff,
    retry_delay_max, expire_seconds, deletion_seconds, dead_letter, heartbeat_seconds)
  select id, name, data, start_after, start_after + retention_seconds * interval '1 second', policy, retry_limit,
    retry_delay, retry_backoff, retry_delay_max, expire_seconds, deletion_seconds, dead_letter, heartbeat_seconds
  from (${rows}) sent left join pgboss.queue using (name)`;
