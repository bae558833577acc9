import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findNginx, TEMP_PATHS } from './nginx.ts';

const DEPLOY = path.resolve(import.meta.dirname, '../../../deploy');
const compose = readFileSync(path.join(DEPLOY, 'compose.yaml'), 'utf8');

test('what compose.yaml starts nginx with is what the tests and the cluster command run with', () => {
  expect(compose).toContain('- ./nginx.conf:/etc/live-likes/nginx.conf:ro');
  expect(compose).toContain('- ./nginx:/etc/live-likes/nginx:ro');
  expect(compose).toMatch(/'-c',\s+'\/etc\/live-likes\/nginx.conf'/);
});

test('compose.yaml starts nothing with a password that everybody knows', () => {
  const secrets = compose.match(/^ +\w*(PASSWORD|SECRET|_URL): .*$/gm) ?? [];
  expect(secrets).toHaveLength(6);
  for (const secret of secrets) expect(secret).toMatch(/\$\{\w+:\?is not set/);
});

test.skipIf(!findNginx() && process.env['REQUIRE_SERVICES'] !== '1')(
  'nginx takes all that is shipped',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'live-likes-deploy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(DEPLOY, folder, { recursive: true });
    const site = path.join(folder, 'nginx/site.conf');
    // Whoever tests is not always root.
    writeFileSync(site, `${TEMP_PATHS.join('\n')}\n${readFileSync(site, 'utf8')}`);
    const settings = `pid ${folder}/nginx.pid; error_log stderr;`;
    const args = ['-t', '-p', folder, '-e', 'stderr', '-c', path.join(folder, 'nginx.conf'), '-g', settings];
    execFileSync(findNginx() ?? 'nginx', args, { stdio: 'pipe' });
  },
);
