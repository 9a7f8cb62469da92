import { createHmac, timingSafeEqual } from 'node:crypto';
import pg from 'pg';

// The floor: what a careful person writes by hand in a Next route handler with `pg`, and nothing else. It reads the same
// session, runs the same statements on the same database and answers with JSON. No validation, no layers, no audit of
// what it was sent: the product's cost is what it adds to this.

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface FloorConfig {
  readonly databaseUrl: string;
  readonly secret: string;
  readonly cookieName: string;
  readonly sessionSql: string;
  readonly list: Readonly<Record<string, Statement>>;
  readonly jobSql: string;
}

export interface SessionRow {
  readonly session_id: string;
  readonly id: string;
  readonly role: string;
}

interface Floor {
  readonly config: FloorConfig;
  readonly pool: pg.Pool;
}

// Next compiles each route apart: one pool for all of them.
const shared = globalThis as { benchFloor?: Floor };

export function floor(): Floor {
  if (!shared.benchFloor) {
    const config: FloorConfig = JSON.parse(process.env['FLOOR_CONFIG'] ?? '{}');
    shared.benchFloor = { config, pool: new pg.Pool({ connectionString: config.databaseUrl, max: 15 }) };
  }
  return shared.benchFloor;
}

export async function session(request: Request): Promise<SessionRow | undefined> {
  const { config, pool } = floor();
  const cookie = request.headers.get('cookie') ?? '';
  const signed = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
  const dot = signed.lastIndexOf('.');
  const token = signed.slice(0, Math.max(dot, 0));
  const given = Buffer.from(signed.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', config.secret).update(token).digest();
  if (!cookie.startsWith(`${config.cookieName}=`)) return undefined;
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const { rows } = await pool.query<SessionRow>({ name: 'session', text: config.sessionSql, values: [token] });
  return rows[0];
}

export const refused = (status: number): Response => Response.json({ error: status }, { status });
