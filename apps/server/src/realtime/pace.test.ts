import { beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { createPace } from './pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function start(clock = systemClock) {
  const sent: { userId: string; from: number; at: number }[] = [];
  const begun = Date.now();
  const pace = createPace(clock, (userId, from) => sent.push({ userId, from, at: Date.now() - begun }));
  return { pace, sent };
}

test('however fast it comes, no second has more than seventeen, and the newest state is the last one sent', async () => {
  const { pace, sent } = start();
  for (let n = 0; n < 3_000; n += 1) {
    pace.push('ann', n);
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(2_000);
  for (const { at } of sent) {
    expect(sent.filter((other) => other.at >= at && other.at < at + 1_000).length).toBeLessThanOrEqual(17);
  }
  expect(sent.length).toBeGreaterThan(50);
  // Each begins with the first that came after the one before it, which a timer sends before what comes at that moment.
  for (const [i, { from }] of sent.entries()) {
    const before = sent[i - 1];
    expect(from).toBe(before ? before.at + Number(before.from === before.at) : 0);
  }
  expect(sent.at(-1)!.at).toBeGreaterThan(2_999);
});

test('timers that fire a moment early do not open the gates', async () => {
  const early = (task: () => void, ms: number) => systemClock.setTimeout(task, Math.floor(ms) - 2);
  const { pace, sent } = start({ ...systemClock, setTimeout: early });
  for (let n = 0; n < 3_000; n += 1) {
    pace.push('ann', n);
    await vi.advanceTimersByTimeAsync(1);
  }
  for (const { at } of sent) {
    expect(sent.filter((other) => other.at >= at && other.at < at + 1_000).length).toBeLessThanOrEqual(17);
  }
});

test('whoever is told of more than that never waits for longer than an eighth of a second', async () => {
  const { pace, sent } = start();
  for (let from = 0; from < 1_000; from += 1) {
    pace.push('ann', from);
    if (from > 500) await vi.advanceTimersByTimeAsync(5);
  }
  const rests = sent.slice(1).map(({ at }, i) => at - sent[i]!.at);
  expect(Math.max(...rests)).toBeLessThanOrEqual(115);
});

test('whoever is told of less than twenty things in a second waits for none of them', async () => {
  const { pace, sent } = start();
  for (let third = 0; third < 12; third += 1) {
    for (let from = 0; from < 6; from += 1) pace.push('ann', from);
    expect(sent).toHaveLength((third + 1) * 6);
    await vi.advanceTimersByTimeAsync(340);
  }
});

test('nine go at once, and one user waits for no other', async () => {
  const { pace, sent } = start();
  for (let from = 1; from <= 11; from += 1) pace.push('ann', from);
  pace.push('bob', 1);
  expect(sent.map(({ userId, from }) => [userId, from])).toEqual([
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((from) => ['ann', from]),
    ['bob', 1],
  ]);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent.slice(10)).toMatchObject([{ userId: 'ann', from: 10 }]);
});

test('a clock that is set back holds nothing up', async () => {
  const { pace, sent } = start();
  for (let from = 0; from < 30; from += 1) pace.push('ann', from);
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(1_000);
  pace.push('ann', 30);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent.at(-1)).toMatchObject({ from: 30 });
});

test('who was left alone for a second starts anew, and is not remembered until then', async () => {
  const { pace, sent } = start();
  for (let from = 0; from < 9; from += 1) pace.push('ann', from);
  await vi.advanceTimersByTimeAsync(1_010);
  expect(vi.getTimerCount()).toBe(0);
  for (let from = 9; from < 18; from += 1) pace.push('ann', from);
  expect(sent.map(({ from }) => from)).toEqual(Array.from({ length: 18 }, (_, from) => from));
});
