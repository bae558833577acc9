/**
 * A node that does nothing but hear what others tell on the bus, as a process of its own: forked by `measureShared.ts`
 * with the address of Redis, the name of the bus, and how many users are here. Told a number, it answers when it has heard
 * so many notes.
 */
import { openRedisBus } from '../../apps/server/src/bus/redis/open.ts';
import { createLog } from '../../apps/server/src/log.ts';

const [url = '', name = '', users] = process.argv.slice(2);
let notes = 0;
let expected = Infinity;

function answer() {
  if (notes < expected) return;
  expected = Infinity;
  process.send?.('heard');
}

function heard() {
  notes += 1;
  answer();
}

const bus = await openRedisBus({ url, name, log: createLog('warn') });
bus.listen({
  user(_userId, { kind }) {
    if (kind === 'inbox') heard();
  },
  common: heard,
  keeper: () => undefined,
  absent: null,
  online: () => undefined,
  back: () => undefined,
  nodeEnded: () => undefined,
});
for (let i = 0; i < Number(users); i += 1) await bus.came(`user${i}`);
process.on('message', (number: number) => {
  expected = number;
  answer();
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
