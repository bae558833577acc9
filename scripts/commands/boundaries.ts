/**
 * Module boundaries, by dependency-cruiser. It says "no violations" of files that it cannot read as well, as when
 * TypeScript is newer than it knows; so the files it saw are counted.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { captured, type Part } from './parts.ts';
import { root } from './processes.ts';

const CRUISED = ['apps', 'packages', 'e2e', 'scripts', 'bench', 'simulator'];

export const boundaries: Part = {
  name: 'module boundaries',
  run: async () => {
    const script = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
    const { code, output } = await captured(script, CRUISED, {}, 5);
    const seen = modulesSeen(output);
    const expected = CRUISED.reduce((sum, folder) => sum + sourceFiles(folder), 0);
    const blind = code === 0 && (expected === 0 || seen < expected);
    const ok = code === 0 && !blind;
    const complaint = blind
      ? `dependency-cruiser saw ${seen} modules, but there are ${expected} source files.`
      : '';
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output: `${output}\n${complaint}`.trim() };
  },
};

export function modulesSeen(output: string): number {
  return Number(/\((\d+) modules?,/.exec(output)?.[1] ?? 0);
}

function sourceFiles(folder: string): number {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /[.]tsx?$/.test(file) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(file),
  ).length;
}
