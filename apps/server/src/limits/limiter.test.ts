import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLimiter, type Limiter, TooFast } from './limiter.ts';
import { createPlaces } from './places.ts';
import { DEFAULT_RATES } from './rates.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limiter = () => createLimiter({ ...DEFAULT_RATES, LIKES: { count: 2, seconds: 60 } });

async function refusal(taken: Promise<void>): Promise<TooFast | null> {
  return taken.then(
    () => null,
    (error: unknown) => {
      expect(error).toBeInstanceOf(TooFast);
      return error as TooFast;
    },
  );
}

async function takes(limit: Limiter, times: number) {
  for (let time = 0; time < times; time += 1) await refusal(limit.take('LIKES', 'alice'));
}

test('what is too much is refused until the time is over, and nobody else is', async () => {
  const limit = limiter();
  await takes(limit, 2);
  vi.advanceTimersByTime(18_500);
  expect(await refusal(limit.take('LIKES', 'alice'))).toMatchObject({
    code: 'RATE_LIMITED',
    message: 'You are doing this too fast. Try again in 42 seconds.',
    retryAfterMs: 41_500,
  });
  expect(await refusal(limit.take('LIKES', 'bob'))).toBeNull();
  expect(await refusal(limit.take('POSTS', 'alice'))).toBeNull();
  vi.advanceTimersByTime(41_500);
  expect(await refusal(limit.take('LIKES', 'alice'))).toBeNull();
});

test('ten times the limit is a flood', async () => {
  const limit = limiter();
  await takes(limit, 18);
  expect((await refusal(limit.take('LIKES', 'alice')))?.flooding).toBe(false);
  expect((await refusal(limit.take('LIKES', 'alice')))?.flooding).toBe(true);
});

test('what is forgotten is counted anew', async () => {
  const limit = limiter();
  await takes(limit, 3);
  await limit.forget('LIKES', 'alice');
  expect(await refusal(limit.take('LIKES', 'alice'))).toBeNull();
});

test('a clock that is set back makes nobody wait for longer than the limit says', async () => {
  const limit = limiter();
  await takes(limit, 2);
  vi.setSystemTime(Date.now() - 3_600_000);
  expect((await refusal(limit.take('LIKES', 'alice')))?.retryAfterMs).toBe(60_000);
});

test('a place is given back once', () => {
  const places = createPlaces(2);
  const [first, second] = [places.take('alice'), places.take('alice')];
  expect(places.take('alice')).toBeNull();
  expect(places.take('bob')).not.toBeNull();
  first?.();
  first?.();
  expect(places.take('alice')).not.toBeNull();
  expect(places.take('alice')).toBeNull();
  second?.();
  expect(places.take('alice')).not.toBeNull();
});
