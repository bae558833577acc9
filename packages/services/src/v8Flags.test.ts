import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { V8_FLAGS } from './v8Flags.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const flags = V8_FLAGS.join(' ');
const words = ['node', ...V8_FLAGS, 'apps/server/src/main.ts'].map((word) => `"${word}"`).join(', ');

test.each([
  ['package.json', `"exec node ${flags} scripts/start.ts"`],
  ['deploy/live-likes.service', `/node ${flags} apps/server/src/main.ts\n`],
  ['deploy/Dockerfile', `CMD [${words}]\n`],
])('%s starts a node with the flags that a node is to have', (file, command) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toContain(command);
});
