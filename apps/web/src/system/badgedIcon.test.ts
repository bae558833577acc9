import { expect, test } from 'vitest';
import { badgedIcon } from './badgedIcon.ts';

test('the icon says how many, as far as there is room', () => {
  expect(badgedIcon(1)).toContain('>1</text>');
  expect(badgedIcon(9)).toContain('>9</text>');
  expect(badgedIcon(10)).toContain('>9+</text>');
});
