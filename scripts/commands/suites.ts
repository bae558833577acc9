/** The test suites, whose numbers are read from their machine-readable reports. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findNginx } from '../../packages/services/src/nginx.ts';
import { findPostgres } from '../../packages/services/src/postgres.ts';
import { findRedis } from '../../packages/services/src/redis.ts';
import { captured, type Outcome, type Part, toolPart } from './parts.ts';

type Counts = Omit<Outcome, 'output'>;

// Both wait more than they work.
export const unit: Part = suite('unit and integration', 20, vitest('unit', '--maxWorkers=3'));
export const faults: Part = suite('faults of the running system', 20, vitest('faults', '--maxWorkers=2'));

export const model: Part = {
  name: 'model check',
  run: async () => {
    const outcome = await toolPart('', 'apps/server/test/model/run.ts', [], 45).run();
    return { ...outcome, note: outcome.output.split('\n', 1)[0] };
  },
};

/** In its short form, which finds wrong results: its figures are shown, and fail nothing. */
export const bench: Part = {
  name: 'benchmark',
  run: async () => {
    const outcome = await toolPart('', 'bench/main.ts', ['--short'], 5).run();
    return { ...outcome, shown: outcome.output };
  },
};

export const e2e: Part = suite('end to end', 45, playwright([], {}));

/** What several nodes could get wrong; the whole suite runs against them by hand, with these variables. */
export const nodes: Part = needingServices(
  suite(
    'end to end, three nodes',
    15,
    playwright(['like', 'inbox', 'devices', 'recovery', 'sessions'], { E2E_NODES: '3' }),
  ),
);
export const polling: Part = needingServices(
  suite(
    'end to end, three nodes, no WebSockets',
    15,
    playwright(['like', 'devices', 'recovery'], { E2E_NODES: '3', E2E_POLLING: '1' }),
  ),
);

/** @param specs words of their names; none: all */
function playwright(specs: string[], env: NodeJS.ProcessEnv): (report: string) => Runner {
  return (report) => ({
    script: 'scripts/commands/e2e.ts',
    args: [...specs, '--reporter=list,json'],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: countPlaywright,
  });
}

/** Where a machine lacks a service, and need not have it, the part is left out, and says so. */
function needingServices(part: Part): Part {
  const missing = [
    findPostgres() ? '' : 'PostgreSQL',
    findRedis() ? '' : 'Redis',
    findNginx() ? '' : 'nginx',
  ].filter(Boolean);
  if (missing.length === 0 || process.env['REQUIRE_SERVICES'] === '1') return part;
  const note = `left out, since this machine has no ${missing.join(' and no ')}`;
  return { ...part, run: async () => ({ passed: 0, failed: 0, skipped: 1, output: '', note }) };
}

function vitest(project: string, ...options: string[]): (report: string) => Runner {
  return (report) => ({
    script: 'node_modules/vitest/vitest.mjs',
    args: [
      'run',
      '--project',
      project,
      ...options,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    env: {},
    count: countVitest,
  });
}

interface Runner {
  script: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  count: (report: unknown) => Counts;
}

function suite(name: string, minutes: number, runner: (report: string) => Runner): Part {
  return {
    name,
    run: async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'live-likes-report-'));
      const report = path.join(folder, 'report.json');
      const { script, args, env, count } = runner(report);
      const { code, output } = await captured(script, args, env, minutes);
      const counts = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : NOTHING;
      rmSync(folder, { recursive: true });
      return { ...judge(counts, code), output };
    },
  };
}

const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

/** A suite that ran nothing has failed, and so has one that is unhappy with more than its tests. */
export function judge(counts: Counts, exitCode: number): Counts {
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

interface VitestReport extends Record<
  'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests',
  number
> {
  testResults: { name: string; assertionResults: { status: string }[] }[];
}

export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    report as Partial<VitestReport>;
  const note = leftOut(testResults ?? []);
  return {
    passed: numPassedTests ?? 0,
    failed: numFailedTests ?? 0,
    skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
    ...(note && { note }),
  };
}

/** What the files are named for that need a service. */
const SERVICES = { pg: 'PostgreSQL', redis: 'Redis', cluster: 'the services of a cluster' };

/** Tests that a machine lacks a service for have not failed, but nobody is to take them for passed. */
function leftOut(files: VitestReport['testResults']): string | undefined {
  const missing = Object.entries(SERVICES).filter(([kind]) =>
    files.some(
      ({ name, assertionResults }) =>
        name.endsWith(`.${kind}.test.ts`) && assertionResults.some(({ status }) => status === 'skipped'),
    ),
  );
  if (missing.length === 0) return undefined;
  const services = missing.map(([, service]) => service).join(' and ');
  return `NOT RUN for want of ${services}`;
}

/** A test that passed only when tried again has failed: a flaw that shows at times is a flaw. */
export function countPlaywright(report: unknown): Counts {
  const { expected, unexpected, flaky, skipped } = (report as { stats: Record<string, number> }).stats;
  return { passed: expected ?? 0, failed: (unexpected ?? 0) + (flaky ?? 0), skipped: skipped ?? 0 };
}
