import { expect, test } from 'vitest';
import { whyTooOld } from './link.ts';

test('a Redis without sharded channels is refused in one sentence', () => {
  const why = 'Redis 6.2.14 is too old: 7 or newer is needed (sharded channels).';
  expect(whyTooOld('# Server\r\nredis_version:6.2.14\r\nos:Linux\r\n')).toBe(why);
  expect(whyTooOld('# Server\r\nredis_version:7.0.15\r\nos:Linux\r\n')).toBeNull();
  expect(whyTooOld('redis_version:10.0.0\r\n')).toBeNull();
});
