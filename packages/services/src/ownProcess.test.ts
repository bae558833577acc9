import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ownFolder, readyProcess } from './ownProcess.ts';

test('of a program that does not start nothing is left but what it has said', async () => {
  const folder = ownFolder('silent', undefined);
  const args = ['-c', 'echo there is no room; exit 3'];
  const started = readyProcess('/bin/sh', args, { folder, identity: undefined }, async () => false);
  await expect(started).rejects.toThrow('sh did not start: there is no room');
  expect(existsSync(folder)).toBe(false);
});
