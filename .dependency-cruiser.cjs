// Who may import whom. scripts/import-guard.process.test.ts plants a breach of every rule and sees it caught.
const domains =
  '(wallets|withdrawals|mining|ledger|assets|policies|delegations|dual-control|risk|reconciliation|resolution|incidents|notifications|audit|operators|system)';
const providers = '(mblock|hashdam)';
const door = '^server/[^/]+/((index|contract|statuses)|[a-z-]+\\.port)\\.ts$';
const contract = '^server/[^/]+/(contract|statuses)\\.ts$';
const tests = ['\\.(test|spec)\\.tsx?$', '(^|/)[a-z.-]*specification\\.ts$', '^server/[^/]+/testing/'];
const outsideProduction = ['^server/(simulators|testing)/', ...tests];

const rule = (name, comment, edge) => ({ name, comment, severity: 'error', ...edge });

module.exports = {
  forbidden: [
    rule('no-cycles', 'Parts that need each other are one part.', { from: {}, to: { circular: true } }),
    rule('every-import-resolves', 'What cannot be found cannot be guarded.', {
      from: {},
      to: { couldNotResolve: true },
    }),
    rule(
      'ui-reaches-server-only-by-type-or-contract',
      'Screens know views; app/api and app/_trpc/server are the doors to the server.',
      {
        from: { path: '^(components|app)/', pathNot: ['^app/(api/|_trpc/server)', ...tests] },
        to: { path: '^server/', pathNot: [contract, '^server/kernel/'], dependencyTypesNot: ['type-only'] },
      },
    ),
    rule(
      'only-forms-carry-schemas',
      'A list shows words: zod and every schema come along only with a form that is checked before it is sent.',
      {
        from: {
          path: '^(components|app)/',
          pathNot: ['^app/(api/|_trpc/server)', '-sheet\\.tsx$', '/draft\\.ts$', ...tests],
        },
        to: { path: '^server/[^/]+/contract\\.ts$', dependencyTypesNot: ['type-only'] },
      },
    ),
    rule('components-never-import-app', 'Routes compose components, never the other way round.', {
      from: { path: '^components/' },
      to: { path: '^app/' },
    }),
    rule('server-never-imports-ui', 'The worker runs without a bundler and without React.', {
      from: { path: '^server/' },
      to: { path: '^(app|components)/' },
    }),
    rule('contracts-are-pure', 'Contracts reach the browser.', {
      from: { path: contract },
      to: { pathNot: ['^server/kernel/', contract, 'node_modules/zod/'] },
    }),
    rule(
      'kernel-imports-nothing',
      'The kernel stands below everything and runs anywhere: zod and uuid are all it uses.',
      {
        from: { path: '^server/kernel/', pathNot: tests },
        to: { pathNot: ['^server/kernel/', 'node_modules/(zod|uuid)/'] },
      },
    ),
    rule('config-imports-only-the-kernel', 'Everything may depend on the configuration, so it depends on nothing.', {
      from: { path: '^server/config/', pathNot: tests },
      to: { path: '^(server|app|components|scripts)/', pathNot: '^server/(config|kernel)/' },
    }),
    rule('domain-never-imports-delivery-or-adapters', 'Domains state ports; container.ts plugs adapters in.', {
      from: { path: `^server/${domains}/`, pathNot: tests },
      to: { path: `^server/(trpc|jobs|client|simulators|testing|container|provider-transport|${providers})` },
    }),
    rule('domain-neighbours-only-through-index', 'A module changes freely behind its door.', {
      from: { path: `^server/${domains}/`, pathNot: tests },
      to: { path: `^server/${domains}/`, pathNot: ['^server/$1/', door] },
    }),
    rule('outside-enters-a-domain-by-its-index', 'The same for everybody who is not a domain.', {
      from: {
        path: '^server/',
        pathNot: [`^server/${domains}/`, '^server/(container|testing)', ...tests],
      },
      to: { path: `^server/${domains}/`, pathNot: door },
    }),
    rule('delivery-never-touches-the-orm', 'Procedures and jobs open a session through the kernel interface.', {
      // Jobs are sent on the transaction of the change that wants them: that one file speaks SQL.
      from: { path: '^server/(trpc|jobs)/', pathNot: ['^server/jobs/sql-[a-z-]+\\.ts$', ...tests] },
      to: { path: ['^server/database/', 'mikro-orm', '\\.(entity|repository)'] },
    }),
    rule('delivery-never-calls-a-provider', 'Only services call providers, through their ports.', {
      from: { path: '^server/(trpc|jobs)/', pathNot: tests },
      to: { path: `^server/(provider-transport|${providers})/` },
    }),
    rule('providers-do-not-know-each-other', 'Two vendors, two adapters.', {
      from: { path: `^server/${providers}/` },
      to: { path: `^server/${providers}/`, pathNot: '^server/$1/' },
    }),
    rule('providers-know-ports-only', 'An adapter fills a port: nothing behind a domain is its business.', {
      from: { path: `^server/${providers}/`, pathNot: tests },
      to: {
        path: '^server/',
        pathNot: [`^server/${providers}/`, '^server/(kernel|config|provider-transport)/', '\\.port\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    }),
    rule('provider-transport-imports-only-the-kernel', 'Shared by both adapters, known by nobody else.', {
      from: { path: '^server/provider-transport/', pathNot: tests },
      to: { path: '^(server|app|components|scripts)/', pathNot: '^server/(kernel|provider-transport)/' },
    }),
    rule(
      'client-imports-only-types-of-the-server',
      'The typed client runs at the caller; the list of error codes goes along.',
      {
        from: { path: '^server/client/', pathNot: tests },
        to: { path: '^server/', pathNot: '^server/(client/|kernel/errors)', dependencyTypesNot: ['type-only'] },
      },
    ),
    rule('no-simulators-in-production-code', 'Fakes and test set-up never reach a running product.', {
      from: { path: '^(app|components|server|mikro-orm|proxy)', pathNot: outsideProduction },
      to: { path: '^server/(simulators|testing)/' },
    }),
    rule('nothing-imports-scripts', 'Scripts start the product; the product does not know them.', {
      from: {
        path: '^(app|components|server|migrations|mikro-orm|proxy)',
        pathNot: ['^server/testing/', ...tests],
      },
      to: { path: '^(scripts|e2e)/' },
    }),
    rule('production-uses-declared-packages', 'What runs in production is a dependency, and named in package.json.', {
      from: { path: '^(app|components|server|migrations|mikro-orm|proxy)', pathNot: outsideProduction },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
