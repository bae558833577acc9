import webPush from 'web-push';
import { expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { createLog } from '../log.ts';
import type { PushStore } from '../storage/store.ts';
import { endpointRule } from './endpoint.ts';
import { createTally } from '../metrics/tally.ts';
import { startPusher } from './pusher.ts';

const ABSENT = 1_200;

test('after an announcement to many who are away, others have their turn in between', async () => {
  const steps: (number | 'turn')[] = [];
  const timers: (() => void)[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    setTimeout: (run) => timers.push(run),
    clearTimeout: () => undefined,
    nextTurn() {
      steps.push('turn');
      return Promise.resolve();
    },
  };
  const store = {
    pushSubscribers(userIds: string[]) {
      steps.push(userIds.length);
      return Promise.resolve([]);
    },
  };
  const pusher = startPusher({
    store: store as unknown as PushStore,
    vapid: { ...webPush.generateVAPIDKeys(), subject: 'mailto:ops@example.com' },
    rule: endpointRule('http://localhost'),
    connected: async () => new Set(),
    settingsOf: () => Promise.reject(new Error('nobody has a subscription')),
    clock,
    tally: createTally(),
    log: createLog('silent'),
  });
  for (let i = 0; i < ABSENT; i += 1) pusher.touched({ userId: `user ${i}`, from: 0 });
  now = 10_000;
  for (const run of timers) run();
  await expect.poll(() => steps).toEqual(['turn', 500, 'turn', 500, 'turn', 200]);
  pusher.close();
});
