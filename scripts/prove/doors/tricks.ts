import type { Asked } from './ask.ts';
import type { Procedure } from './callers.ts';

/** Refused whoever sends it and whatever it is sent to, but only after it was decided who may: it changes nothing. */
const BROKEN = { id: '\0' };
const QUERY = `input=${encodeURIComponent(JSON.stringify(BROKEN))}`;
export const BROKEN_IS_REFUSED_WITH = 'input.invalid';

/** The call as the typed client makes it, at this path. */
function call({ path, isQuery }: Procedure, headers: Asked['headers'], at = '/api/trpc/'): Asked {
  if (isQuery) return { method: 'GET', path: `${at}${path}?${QUERY}`, headers: { ...headers } };
  const json = { ...headers, 'content-type': 'application/json' };
  return { method: 'POST', path: `${at}${path}`, headers: json, body: JSON.stringify(BROKEN) };
}

/** Several calls as one. */
export function batch(procedures: readonly Procedure[], headers: Asked['headers']): Asked {
  const inputs = JSON.stringify(Object.fromEntries(procedures.map((_, at) => [at, BROKEN])));
  const path = `/api/trpc/${procedures.map((each) => each.path).join(',')}?batch=1`;
  if (procedures[0]?.isQuery)
    return { method: 'GET', path: `${path}&input=${encodeURIComponent(inputs)}`, headers: { ...headers } };
  return { method: 'POST', path, headers: { ...headers, 'content-type': 'application/json' }, body: inputs };
}

type Trick = (procedure: Procedure, headers: Asked['headers']) => Asked;

const withHeaders =
  (more: Readonly<Record<string, string>>): Trick =>
  (procedure, headers) =>
    call(procedure, { ...headers, ...more });
const at =
  (prefix: string): Trick =>
  (procedure, headers) =>
    call(procedure, headers, prefix);
const otherPath =
  (change: (path: string) => string): Trick =>
  (procedure, headers) => {
    const plain = call(procedure, headers);
    return { ...plain, path: change(plain.path) };
  };
const subrequest = (name: string) => Array.from({ length: 5 }, () => name).join(':');

/** What has opened doors past a router of this kind before, and what is near to it. */
export const TRICKS: Readonly<Record<string, Trick>> = {
  plain: at('/api/trpc/'),
  'subrequest of the middleware': withHeaders({ 'x-middleware-subrequest': subrequest('middleware') }),
  'subrequest of the proxy': withHeaders({ 'x-middleware-subrequest': subrequest('proxy') }),
  'headers that rewrite': withHeaders({
    'x-middleware-rewrite': '/api/trpc/assets.list',
    'x-rewrite-url': '/api/health/live',
    'x-original-url': '/api/health/live',
    'x-invoke-path': '/api/health/live',
    'x-matched-path': '/api/health/live',
    'x-now-route-matches': '1=x',
  }),
  'forwarded as somebody else': withHeaders({
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '127.0.0.1',
    'x-real-ip': '127.0.0.1',
    'x-http-method-override': 'GET',
  }),
  'a server component': withHeaders({ rsc: '1', 'next-router-state-tree': '%5B%22%22%5D' }),
  'a prefetch of a segment': withHeaders({
    rsc: '1',
    'next-router-prefetch': '1',
    'next-router-segment-prefetch': '/_tree',
  }),
  'a Server Action': withHeaders({ 'next-action': '00'.repeat(21) }),
  'data of a page': withHeaders({ 'x-nextjs-data': '1' }),
  'the data route': at('/_next/data/x/api/trpc/'),
  'a path that ends in .rsc': otherPath((path) => path.replace(/(\?|$)/, '.rsc$1')),
  'a path of a segment': otherPath((path) => path.replace(/(\?|$)/, '.segments/_tree.segment.rsc$1')),
  'doubled slashes': at('//api//trpc/'),
  'encoded slashes': at('/api%2ftrpc%2f'),
  'encoded letters': at('/%61pi/trpc/'),
  'encoded dots': otherPath((path) => path.replace('.', '%2e')),
  'a way back': at('/_next/static/../../api/trpc/'),
  'an encoded way back': at('/_next/static/%2e%2e/%2e%2e/api/trpc/'),
  backslashes: at('/api\\trpc\\'),
  'a locale before it': at('/ko/api/trpc/'),
  'other capitals': at('/API/TRPC/'),
  'a slash at the end': otherPath((path) => path.replace(/(\?|$)/, '/$1')),
  'a whole address': at('http://evil.example/api/trpc/'),
  'the other method': (procedure, headers) => call({ ...procedure, isQuery: !procedure.isQuery }, headers),
};
