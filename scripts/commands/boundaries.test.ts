import { expect, test } from 'vitest';
import { modulesSeen } from './boundaries.ts';

test('the number of modules is read from what dependency-cruiser prints', () => {
  expect(modulesSeen('✔ no dependency violations found (207 modules, 593 dependencies cruised)')).toBe(207);
  expect(modulesSeen('✔ no dependency violations found (0 modules, 0 dependencies cruised)')).toBe(0);
  expect(modulesSeen('something else')).toBe(0);
});
