import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const read = (...args: string[]) =>
  readOptions(args, { url: 'http://localhost:3000', peopleFile: 'people.json' });

test('what is left out is as the README says', () => {
  expect(read()).toEqual({
    users: 50,
    likesPerSecond: 100,
    seconds: 60,
    url: 'http://localhost:3000',
    peopleFile: 'people.json',
  });
});

test('a path after the address is dropped', () => {
  expect(read('--url', 'https://likes.example/feed')).toMatchObject({ url: 'https://likes.example' });
});

test.each([
  ['no number', ['--users', 'many'], '--users must be a whole number from 1 to 1000, not "many".'],
  ['nobody', ['--users', '0'], '--users must be a whole number from 1 to 1000, not "0".'],
  ['too long', ['--seconds', '3601'], '--seconds must be a whole number from 1 to 3600, not "3601".'],
  [
    'too many',
    ['--likes-per-second', '1e3'],
    '--likes-per-second must be a whole number from 1 to 1000, not "1e3".',
  ],
  [
    'no address',
    ['--url', 'localhost:3000'],
    '--url must be an http or https address, not "localhost:3000".',
  ],
  ['an unknown option', ['--user', '5'], /^Unknown option '--user'.*Usage: npm run simulate/s],
])('%s is one sentence', (_, args, sentence) => {
  expect(() => read(...args)).toThrow(sentence);
});
