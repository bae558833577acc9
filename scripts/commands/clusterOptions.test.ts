import { expect, test } from 'vitest';
import { readOptions, withoutPassword } from './clusterOptions.ts';

test('what is left out is three nodes on port 3000', () => {
  expect(readOptions([], {})).toEqual({ nodes: 3, port: 3000 });
  expect(readOptions(['--nodes', '5'], { PORT: '0' })).toEqual({ nodes: 5, port: 0 });
  expect(readOptions(['--help'], {})).toBeNull();
});

test.each([
  [['--nodes', '0'], {}, '--nodes must be a whole number from 1 to 16, not "0".'],
  [['--nodes', '17'], {}, '--nodes must be a whole number from 1 to 16, not "17".'],
  [['--nodes', '2.5'], {}, '--nodes must be a whole number from 1 to 16, not "2.5".'],
  [['--nodes', ''], {}, '--nodes must be a whole number from 1 to 16, not "".'],
  [['--node', '3'], {}, /^Unknown option '--node'.*Usage: npm run cluster/s],
  [['3'], {}, /Usage: npm run cluster/],
  [[], { PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not "http".'],
  [[], { PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, not "65536".'],
  [
    [],
    { DATABASE_URL: 'file:data/live.db' },
    'DATABASE_URL must be postgres://…: several nodes do not share a file.',
  ],
])('%j with %j is one sentence', (args, env, sentence) => {
  expect(() => readOptions(args, env)).toThrow(sentence);
});

test('no password is shown', () => {
  expect(withoutPassword('postgres://me:p@ss:word@db:5432/likes?password=secret&x=1')).toBe(
    'postgres://***@db:5432/likes?password=***&x=1',
  );
  expect(withoutPassword('redis://:secret@127.0.0.1:6379')).toBe('redis://***@127.0.0.1:6379');
  expect(withoutPassword('postgres:/me:secret@db/likes')).toBe('***@db/likes');
  expect(withoutPassword('postgres://db/likes?password=sec@ret')).toBe('postgres://db/likes?password=***');
  expect(withoutPassword('redis://127.0.0.1:6379')).toBe('redis://127.0.0.1:6379');
});
