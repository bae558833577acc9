/** What `npm run check` looks at. Each check is one tool run on the whole repository. */
import { boundaries } from './boundaries.ts';
import { brokenFloors } from './versionFloors.ts';
import { type Part, toolPart } from './parts.ts';

const PROJECTS = [
  '.',
  'packages/contract',
  'packages/client',
  'packages/services',
  'apps/server',
  'apps/web',
  'apps/web/tsconfig.build.json',
  'apps/web/tsconfig.worker.json',
  'e2e',
  'bench',
  'simulator',
];

export const checks: Part[] = [
  toolPart('format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  toolPart('lint', 'node_modules/oxlint/bin/oxlint', ['--deny-warnings', '.']),
  ...PROJECTS.map((project) =>
    toolPart(`types ${project}`, 'node_modules/typescript/bin/tsc', ['-p', project, '--pretty', 'false']),
  ),
  toolPart('dead code', 'node_modules/knip/bin/knip.js', ['--no-progress']),
  boundaries,
  // Any npm will do, so none is named.
  toolPart('workspaces', 'node_modules/sherif/index.js', ['-r', 'root-package-manager-field']),
  {
    name: 'version floors',
    run: () => {
      const broken = brokenFloors();
      return Promise.resolve({
        passed: broken.length ? 0 : 1,
        failed: broken.length ? 1 : 0,
        skipped: 0,
        output: broken.join('\n'),
      });
    },
  },
];
