import { floor, refused, session } from './floor.ts';

export const dynamic = 'force-dynamic';

interface Row {
  readonly total: number;
}

export async function GET(request: Request): Promise<Response> {
  if (!(await session(request))) return refused(401);
  const { config, pool } = floor();
  const page = new URL(request.url).searchParams.get('page') ?? 'first';
  const statement = config.list[page];
  if (!statement) return refused(400);
  const { rows } = await pool.query<Row>({ name: page, text: statement.text, values: [...statement.values] });
  return Response.json({ rows: rows.slice(0, 50), total: rows[0]?.total ?? 0 });
}
