import { gzipSync } from 'node:zlib';

export interface PageBytes {
  readonly status: number;
  readonly scripts: number;
  readonly jsGzipKb: number;
  /** Scripts marked `noModule`: named by the page, but loaded by no browser that knows modules. Not part of the above. */
  readonly legacyJsGzipKb: number;
  readonly cssGzipKb: number;
  readonly htmlKb: number;
}

const PATTERNS = [
  /<script[^>]+src="([^"]+)"/g,
  /<link[^>]+href="([^"]+\.(?:js|css)[^"]*)"/g,
  // Chunks named in the data of the server components, which the page loads as soon as it starts.
  /\/?(?:_next\/)?(static\/chunks\/[\w\-.~/()%]+\.js)/g,
];

const LEGACY = /<script[^>]+src="([^"]+)"[^>]*\bnomodule\b/gi;

/** Compressed bytes of every script and style the page names, in markup or in its data; what is loaded later is not counted. */
export async function pageBytes(url: string, cookie: string): Promise<PageBytes> {
  const headers = { cookie };
  const response = await fetch(url, { headers, redirect: 'manual' });
  const html = await response.text();
  const found = PATTERNS.flatMap((pattern) => [...html.matchAll(pattern)].map((match) => match[1] ?? ''));
  const paths = found.map((path) => (path.startsWith('static/') ? `/_next/${path}` : path.replaceAll('&amp;', '&')));
  const files = [...new Set(paths.map((path) => new URL(path, url).href))];
  const legacy = new Set([...html.matchAll(LEGACY)].map((match) => new URL(match[1] ?? '', url).href));
  let js = 0;
  let legacyJs = 0;
  let css = 0;
  for (const file of files) {
    const reply = await fetch(file, { headers });
    if (!reply.ok) throw new Error(`${new URL(file).pathname}: ${reply.status}`);
    const bytes = gzipSync(Buffer.from(await reply.arrayBuffer()), { level: 6 }).length;
    if (file.includes('.css')) css += bytes;
    else if (legacy.has(file)) legacyJs += bytes;
    else js += bytes;
  }
  return {
    status: response.status,
    scripts: files.length,
    jsGzipKb: Math.round(js / 1024),
    legacyJsGzipKb: Math.round(legacyJs / 1024),
    cssGzipKb: Math.round(css / 1024),
    htmlKb: Math.round(html.length / 1024),
  };
}
