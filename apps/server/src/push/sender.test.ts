import { beforeEach, expect, test } from 'vitest';
import { SkippingClock } from '../../test/skippingClock.ts';
import { createLog } from '../log.ts';
import type { Delivery } from './deliver.ts';
import { createSender } from './sender.ts';

const SECONDS = 1_000;

const clock = new SkippingClock();
let sent: string[];
let answers: ((delivery: Delivery) => void)[];
let sender: ReturnType<typeof createSender>;
beforeEach(() => {
  sent = [];
  answers = [];
  sender = createSender({
    deliver: ({ notificationId }) => {
      sent.push(notificationId);
      return new Promise((resolve) => answers.push(resolve));
    },
    isDue: () => Promise.resolve(true),
    forget: () => Promise.resolve(),
    clock,
    log: createLog('silent'),
  });
});

async function send(userId: string, notificationId: string, forMs = 45 * SECONDS) {
  const subscription = { endpoint: `https://push.example.com/${userId}`, keys: { p256dh: '', auth: '' } };
  const until = clock.now() + forMs;
  sender.send({ userId, subscription, notificationId, message: '', topic: '', until });
  await clock.nextTurn();
}

/** For all that are under way. */
async function answer(delivery: Delivery) {
  for (const resolve of answers.splice(0)) resolve(delivery);
  await clock.nextTurn();
}

test('who has endpoints that do not answer keeps nobody else waiting', async () => {
  for (let i = 0; i < 50; i += 1) await send('mallory', 'to nowhere');
  for (let i = 0; i < 30; i += 1) await send(`user ${i}`, 'to somebody');
  const count = (to: string) => sent.filter((id) => id === to).length;
  expect([count('to nowhere'), count('to somebody')]).toEqual([2, 18]);
  await answer('delivered');
  expect([count('to nowhere'), count('to somebody')]).toEqual([4, 30]);
});

test('what has waited too long is not sent, nor tried again', async () => {
  for (const id of ['first', 'second', 'late']) await send('alice', id, 5 * SECONDS);
  await clock.skip(6 * SECONDS);
  await answer('later');
  await clock.skip(20 * SECONDS);
  await send('alice', 'next');
  expect(sent).toEqual(['first', 'second', 'next']);
});

test('nothing is sent of what waits for somebody who has come', async () => {
  for (const id of ['first', 'second', 'waiting']) await send('alice', id);
  await answer('later');
  sender.drop('alice');
  await answer('delivered');
  await clock.skip(20 * SECONDS);
  await send('alice', 'after the visit');
  expect(sent).toEqual(['first', 'second', 'waiting', 'after the visit']);
});

test('an endpoint for which three tries were in vain is left alone', async () => {
  await send('alice', 'lost');
  for (const pause of [2, 10]) {
    await answer('later');
    await clock.skip(pause * SECONDS);
  }
  await answer('later');
  await send('alice', 'too soon');
  await send('bob', 'to another');
  await answer('delivered');
  await clock.skip(300 * SECONDS);
  await send('alice', 'taken');
  expect(sent).toEqual(['lost', 'lost', 'lost', 'to another', 'taken']);
});
