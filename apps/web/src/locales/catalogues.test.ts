import { expect, test } from 'vitest';
import { en as enFirst } from './en.ts';
import { enPages } from './enPages.ts';
import { pickLanguage } from './language.ts';
import { zhCN } from './zhCN.ts';

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../locales/*', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const en = { ...enFirst, ...enPages };
/** Sentences for the codes of the server, whose own sentences are English: no code is named in the sources. */
const BY_CODE = 'problems';

type Catalogue = Record<string, Record<string, unknown>>;
const keysOf = (catalogue: Catalogue) =>
  Object.entries(catalogue)
    .filter(([section]) => section !== BY_CODE)
    .flatMap(([section, words]) => Object.keys(words).map((key) => `${section}.${key}`))
    .toSorted();

test('both catalogues have the same keys, in the same forms', () => {
  expect(keysOf(zhCN)).toEqual(keysOf(en));
  const forms = (catalogue: Catalogue) =>
    keysOf(catalogue).map((key) => {
      const [section = '', name = ''] = key.split('.');
      const words = catalogue[section]?.[name];
      return [key, typeof words, typeof words === 'function' ? words.length : 0];
    });
  expect(forms(zhCN)).toEqual(forms(en));
});

test('no key is left that nobody uses', () => {
  const used = new Set(
    [
      ...Object.values(sources)
        .join('\n')
        .matchAll(/\.(\w+\.\w+)\b/g),
    ].map(([, key]) => key),
  );
  expect(keysOf(en).filter((key) => !used.has(key))).toEqual([]);
});

test('nothing was left untranslated', () => {
  const words = (catalogue: Catalogue, key: string) => {
    const [section = '', name = ''] = key.split('.');
    return catalogue[section]?.[name];
  };
  const same = keysOf(en).filter(
    (key) => typeof words(en, key) === 'string' && words(en, key) === words(zhCN, key),
  );
  expect(same).toEqual([]);
});

test('one is singular in English, and needs no other word in Chinese', () => {
  expect(en.notifications.away(12, 3)).toBe('While you were away: 12 likes on 3 posts');
  expect(en.notifications.away(1, 1)).toBe('While you were away: 1 like on 1 post');
  expect(en.posts.newPosts(1)).toBe('1 new post');
  expect(en.posts.newPosts(2)).toBe('2 new posts');
  expect(zhCN.notifications.away(12, 3)).toBe('你离开期间：3 条帖子收到 12 个赞');
});

test('the language is the first that a browser asks for and that there is', () => {
  expect(pickLanguage(['de-DE', 'zh-Hans-CN', 'en'])).toBe('zh-CN');
  expect(pickLanguage(['en-GB', 'zh'])).toBe('en');
  expect(pickLanguage(['de-DE'])).toBe('en');
});
