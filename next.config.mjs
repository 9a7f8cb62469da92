import createNextIntlPlugin from 'next-intl/plugin';

// What never changes from one answer to the next. The policy that needs a nonce is set per answer in proxy.ts.
const always = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
];

// An answer of the API is no page, whatever is made of it.
const noPage = [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }];

// Nothing that depends on who asks may be kept on the way. Pages say the same by themselves; this is for the rest.
const notKept = [{ key: 'Cache-Control', value: 'private, no-store' }];

// One build serves any APP_URL, so whether it is https shows only when a request arrives.
const overHttps = [{ key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' }];

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  typedRoutes: false,
  images: { unoptimized: true },
  // One copy of each in the process: bundled copies would fail `instanceof` and lose entity metadata.
  serverExternalPackages: [
    '@mikro-orm/core',
    '@mikro-orm/postgresql',
    '@mikro-orm/sql',
    '@mikro-orm/migrations',
    'kysely',
    'pg',
    'pg-boss',
    'pino',
  ],
  headers: async () => [
    { source: '/:path*', headers: always },
    { source: '/(api|_next/static)/:path*', headers: noPage },
    { source: '/((?!_next/static/|icon\\.svg).*)', headers: notKept },
    { source: '/:path*', headers: overHttps, has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }] },
  ],
};

export default createNextIntlPlugin('./components/i18n/request.ts')(config);
