import { expect, test } from 'vitest';
import { installScripts } from './installScripts.ts';

const locked = {
  packages: {
    'node_modules/quiet': {},
    'node_modules/loud': { hasInstallScript: true },
    'node_modules/quiet/node_modules/@who/ever': { hasInstallScript: true },
  },
};

test('every package with an install script is named', () => {
  expect(installScripts(locked, new Set())).toEqual([
    'loud runs a script when it is installed: do without it, or allow it by its name.',
    '@who/ever runs a script when it is installed: do without it, or allow it by its name.',
  ]);
});

test('one that is allowed may', () => {
  expect(installScripts(locked, new Set(['loud', '@who/ever']))).toEqual([]);
});

test('what this repository installs runs no script but those', () => {
  expect(installScripts()).toEqual([]);
});
