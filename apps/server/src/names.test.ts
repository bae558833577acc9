import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReadable, skeletonOf, tidyName } from './names.ts';

test('a name is composed, trimmed, and has single spaces', () => {
  expect(tidyName('  Zoe\u0308 \u00a0\n Ann ')).toBe('Zo\u00eb Ann');
});

test.each([
  'Alice',
  'ALICE',
  'AIice',
  'A1ice',
  '\u0410li\u0441\u0435',
  'Ａｌｉｃｅ',
  'a l i c e',
  '𝐀𝐥𝐢𝐜𝐞',
  'Al\u200dice',
])('%j can be taken for Alice', (name) => expect(skeletonOf(name)).toBe(skeletonOf('alice')));

test.each([
  ['Bob', '\u0412\u043eb'],
  ['Mom', 'rnorn'],
  ['Guest 1001', 'Guest l00I'],
])('%j can be taken for %j', (name, other) => expect(skeletonOf(name)).toBe(skeletonOf(other)));

test.each([
  ['Zoe', 'Zoë'],
  ['Guest 1000', 'Guest 1001'],
  ['Ann', 'Anna'],
  ['李', '季'],
])('%j and %j are different names', (name, other) => expect(skeletonOf(name)).not.toBe(skeletonOf(other)));

test.each([
  'Zoë',
  'محمد',
  'שרה',
  '李',
  'नमस्ते',
  'علی\u200cرضا',
  'ශ්\u200dරී',
  "O'Neil-Smith",
  '👩‍👩‍👧',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿 Ann ❤️',
  '<b>bold</b>',
])('%j is a name', (name) => expect(isReadable(tidyName(name))).toBe(true));

test.each([
  ['a right-to-left override', 'a\u202eb'],
  ['an isolate', 'a\u2066b'],
  ['a zero-width space', 'a\u200bb'],
  ['a joiner outside of an emoji', 'a\u200db'],
  ['a filler that looks like nothing', '\u3164'],
  ['an empty braille cell', '\u2800'],
  ['a control character', 'a\u0000b'],
  ['a tag', 'a\u{e0041}'],
  ['a variation of a letter', 'a\ufe0f'],
  ['a lone surrogate', '\ud800'],
  ['a private character', '\ue000'],
  ['a character that there is not', '\u0378'],
  ['nothing but an accent', '\u0301'],
])('%s is in no name', (_what, name) => expect(isReadable(tidyName(name))).toBe(false));

test('whatever a name is, it is one that stays as it is, and so does its skeleton', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const name = tidyName(text);
      expect(tidyName(name)).toBe(name);
      expect(isReadable(name) && skeletonOf(name) === '').toBe(false);
      expect(skeletonOf(name)).toBe(skeletonOf(` ${name}`));
    }),
  );
});

test('the case of Latin letters tells no two names apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
      expect(skeletonOf(name)).toBe(skeletonOf(name.toLowerCase()));
      expect(skeletonOf(name)).toBe(skeletonOf(name.toUpperCase()));
    }),
  );
});
