// Who may import whom; docs/architecture.md says why. Everything not named here is allowed.

const TEST =
  '^(apps|packages|e2e|scripts|bench|simulator)/.*([.]test[.]tsx?$|/(test|testing)/|[.]contract[.]ts$)';
const SERVER = '^apps/server/src/';
const WEB = '^apps/web/src/';
const USE_CASES = `${SERVER}(likes|posts|inbox|announcements|people|settings)/`;
const ADAPTERS = `${SERVER}(storage/(sqlite|postgres)|bus/redis)/`;
const FEATURES = 'session|posts|likes|inbox|announcements|people|settings';

/** Nobody of `from` may import what `to` describes. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const npm = (...names) => `node_modules/(${names.join('|')})(/|$)`;

export default {
  forbidden: [
    forbid('no-cycles', 'Two files that need each other are one.', {}, { circular: true }),
    forbid(
      'no-orphans',
      'A file that nobody imports and that imports nobody is dead.',
      {
        orphan: true,
        pathNot: [
          '[.]d[.]ts$',
          '[.]config[.]ts$',
          '^apps/web/public/',
          '^scripts/commands/(endWithParent|simulate)[.]ts$',
          TEST,
        ],
      },
      {},
    ),
    forbid('no-unresolvable', 'What is imported must exist.', {}, { couldNotResolve: true }),
    forbid(
      'no-undeclared',
      'A package must be named in the package.json of the workspace that imports it.',
      {},
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
      },
    ),
    forbid(
      'no-dev-dependency-at-run-time',
      'The server and the packages run with their `dependencies` alone.',
      { path: ['^apps/server/src/', '^packages/'], pathNot: TEST },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'no-tests-in-product',
      'The product does not import its tests.',
      { pathNot: TEST },
      { path: TEST },
    ),

    // Between the workspaces
    forbid(
      'contract-imports-zod-alone',
      'The contract is the one thing that everybody may import.',
      { path: '^packages/contract/', pathNot: TEST },
      { pathNot: ['^packages/contract/', npm('zod')] },
    ),
    forbid(
      'client-imports-contract-and-socket',
      'The client core runs in browsers, in Node and in the simulator: no React, nothing of Node.',
      { path: '^packages/client/', pathNot: TEST },
      { pathNot: ['^packages/(client|contract)/', npm('socket[.]io-client')] },
    ),
    forbid(
      'packages-know-no-app',
      'Not even their tests do.',
      { path: '^packages/' },
      { path: '^(apps|e2e|scripts|bench|simulator)/' },
    ),
    forbid(
      'web-not-server',
      'They share the contract, nothing else.',
      { path: '^apps/web/' },
      {
        path: '^(apps/server|e2e|scripts|bench|simulator)/',
      },
    ),
    forbid(
      'server-not-web',
      'They share the contract, nothing else.',
      { path: '^apps/server/' },
      {
        path: '^(apps/web|e2e|scripts|bench|simulator)/',
      },
    ),
    forbid(
      'server-not-client',
      'Only its tests drive the client core.',
      { path: '^apps/server/', pathNot: TEST },
      { path: '^packages/client/' },
    ),
    forbid(
      'e2e-from-outside',
      'End-to-end tests see what a person sees.',
      { path: '^e2e/' },
      {
        path: '^(apps|packages/client|scripts|bench|simulator)/',
      },
    ),
    forbid(
      'e2e-contract-types-alone',
      'They take the shapes of the contract, and run none of its code.',
      {
        path: '^e2e/',
      },
      { path: '^packages/contract/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'bench-measures-from-outside',
      'It drives servers as processes, and fills and times the store and the bus; what else is inside is none of its business.',
      { path: '^bench/' },
      {
        path: '^(apps|e2e|scripts|simulator|packages/client)/',
        pathNot: `${SERVER}(storage/(store|(sqlite|postgres)/open)|bus/(bus|redis/open)|log)[.]ts$`,
      },
    ),
    forbid(
      'simulator-from-outside',
      'Its people know of a server what a browser does.',
      { path: '^simulator/', pathNot: TEST },
      { path: '^(apps|e2e|scripts|bench)/' },
    ),
    forbid(
      'scripts-start-the-server',
      'Scripts reach into the product at its door only, and start services that are no part of it.',
      { path: '^scripts/' },
      {
        path: '^(apps|packages|e2e|bench|simulator)/',
        pathNot: [`${SERVER}main[.]ts$`, '^packages/services/'],
      },
    ),

    // In the server: main → app → http | realtime | auth → use cases → storage/store.ts
    forbid(
      'server-main-is-the-top',
      'Importing main starts a server.',
      { path: '^(apps|packages|e2e)/' },
      { path: `${SERVER}main[.]ts$` },
    ),
    forbid(
      'server-app-below-main',
      'Only main and tests make an app.',
      {
        path: SERVER,
        pathNot: [`${SERVER}main[.]ts$`, TEST],
      },
      { path: `${SERVER}app[.]ts$` },
    ),
    forbid(
      'server-config-below-main',
      'Settings are read once, in main; the others are given what they need.',
      { path: SERVER, pathNot: [`${SERVER}(main|app|config)[.]ts$`, TEST] },
      { path: `${SERVER}config[.]ts$`, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'server-http-not-realtime',
      'Two doors to the same use cases.',
      { path: `${SERVER}http/`, pathNot: TEST },
      {
        path: `${SERVER}realtime/`,
      },
    ),
    forbid(
      'server-realtime-not-http',
      'Two doors to the same use cases.',
      {
        path: `${SERVER}realtime/`,
        pathNot: TEST,
      },
      { path: `${SERVER}http/` },
    ),
    forbid(
      'server-push-below-doors',
      'It is told of what happened, and asks the store.',
      { path: `${SERVER}push/`, pathNot: TEST },
      {
        path: `${SERVER}(http|realtime|auth/auth)`,
      },
    ),
    forbid(
      'server-auth-below-doors',
      'The doors ask auth who is there.',
      { path: `${SERVER}auth/`, pathNot: TEST },
      {
        path: `${SERVER}(http|realtime)/`,
      },
    ),
    forbid(
      'server-use-cases-know-the-store-alone',
      'A use case says what happens, and not through which door or on which disk.',
      { path: USE_CASES, pathNot: TEST },
      {
        path: SERVER,
        pathNot: [USE_CASES, `${SERVER}(clock|errors|log|publish)[.]ts$`, `${SERVER}storage/store[.]ts$`],
      },
    ),
    forbid(
      'server-use-cases-know-no-framework',
      'No express, no socket.io, no driver.',
      {
        path: [USE_CASES, `${SERVER}publish[.]ts$`, `${SERVER}errors[.]ts$`, `${SERVER}storage/store[.]ts$`],
        pathNot: TEST,
      },
      {
        path: [
          npm('express', '@types/express', 'socket[.]io', 'kysely', 'pg', 'ioredis', 'better-auth', 'pino'),
          '^(node:)?(sqlite|http|net)$',
        ],
      },
    ),
    forbid(
      'server-store-is-an-interface',
      'It names its shapes, and no adapter.',
      {
        path: `${SERVER}storage/store[.]ts$`,
      },
      { path: SERVER },
    ),
    forbid(
      'server-storage-is-the-bottom',
      'An adapter calls nobody above it.',
      {
        path: `${SERVER}storage/`,
        pathNot: TEST,
      },
      { path: SERVER, pathNot: [`${SERVER}storage/`, `${SERVER}(errors|log|names)[.]ts$`] },
    ),
    forbid(
      'server-adapters-from-main-alone',
      'Whoever else imports an adapter works on one database, or with one bus, only.',
      { path: SERVER, pathNot: [`${SERVER}main[.]ts$`, ADAPTERS, TEST] },
      { path: ADAPTERS },
    ),
    forbid(
      'server-adapters-not-each-other',
      'What they share lies beside them.',
      {
        path: `${SERVER}storage/(sqlite|postgres)/`,
      },
      { path: ADAPTERS, pathNot: `${SERVER}storage/$1/` },
    ),

    // In the web app: App composes features
    forbid(
      'web-features-not-each-other',
      'App composes them, so that one can be read, changed or dropped alone.',
      { path: `${WEB}(${FEATURES})/` },
      { path: `${WEB}(${FEATURES})/`, pathNot: `${WEB}$1/` },
    ),
    forbid(
      'web-shared-not-features',
      'What all features build on knows none of them.',
      { path: `${WEB}(ui|realtime|http|locales|system)/` },
      { path: `${WEB}(${FEATURES})/` },
    ),
    forbid(
      'web-app-is-the-top',
      'App and main compose; nobody imports them.',
      {
        path: WEB,
        pathNot: [`${WEB}(main|App)[.]tsx$`, TEST],
      },
      { path: `${WEB}(main|App)[.]tsx$` },
    ),
    forbid(
      'web-worker-apart',
      'It is a program of its own: a page shares no more with it than the shape of their messages.',
      { path: WEB, pathNot: `${WEB}worker/` },
      { path: `${WEB}worker/`, pathNot: `${WEB}worker/messages[.]ts$` },
    ),
    forbid(
      'web-client-core-through-realtime',
      'One connection, in one place.',
      { path: WEB, pathNot: [`${WEB}realtime/`, TEST] },
      { path: '^packages/client/' },
    ),
    forbid(
      'web-one-file-toasts',
      'One file knows the toast library.',
      { path: WEB, pathNot: `${WEB}ui/ToastStack[.]tsx$` },
      { path: npm('react-hot-toast') },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^apps/web/dist/' },
    // The test tools are named once, at the root.
    combinedDependencies: true,
    // Type-only imports count: a type is a dependency, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts', '.json'],
    },
  },
};
