import { expect, test } from 'vitest';
import { brokenFloors } from './versionFloors.ts';

const floors = { ws: '8.21.0' };

const locked = (packages: Record<string, string>) =>
  brokenFloors(
    {
      packages: Object.fromEntries(Object.entries(packages).map(([place, version]) => [place, { version }])),
    },
    floors,
  );

test('a version at or above the floor passes, compared as numbers', () => {
  expect(locked({ 'node_modules/ws': '8.21.0' })).toEqual([]);
  expect(locked({ 'node_modules/ws': '8.100.0' })).toEqual([]);
  expect(locked({ 'node_modules/ws': '10.0.0' })).toEqual([]);
});

test('every older copy is named, also a nested one', () => {
  expect(locked({ 'node_modules/ws': '8.21.0', 'node_modules/a/node_modules/ws': '8.9.9' })).toEqual([
    'ws 8.9.9 has known holes: at least 8.21.0 is needed.',
  ]);
  expect(locked({ 'node_modules/ws': '8.21.0-beta.1' })).toHaveLength(1);
});

test('a package that is nowhere in the lock file is a failure', () => {
  expect(locked({ 'node_modules/other-ws': '1.0.0' })).toHaveLength(1);
});
