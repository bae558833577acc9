import { expect, test } from 'vitest';
import { isolated } from './isolated.ts';

test.each(['שרה', 'محمد', 'Anna محمد', '𞤀𞤁'])('%j is kept apart from the words around it', (name) => {
  expect(isolated(name)).toBe(`\u2068${name}\u2069`);
});

test.each(['Bob', 'Zoë 🎉', '李'])('%j is left as it is', (name) => expect(isolated(name)).toBe(name));
