import { expect, test } from 'vitest';
import { noLimits } from '../limits/limiter.ts';
import { createLog } from '../log.ts';
import { createTally } from '../metrics/tally.ts';
import { createEventListener, type Handlers } from './handle.ts';
import type { LiveSocket } from './liveServer.ts';
import { createUnderWay } from './underWay.ts';

test('an answer that cannot be sent ends neither the process nor a stop that waits for it', async () => {
  const lines: string[] = [];
  const underWay = createUnderWay();
  const onEvent = createEventListener({
    handlers: { 'inbox:read': async () => ({ unread: 0 }) } as Partial<Handlers> as Handlers,
    limiter: noLimits,
    underWay,
    tally: createTally(),
    log: createLog('error', { write: (line) => void lines.push(line) }),
  });
  const socket = { id: 'socket', data: { login: { user: { id: 'ann' } } } } as LiveSocket;
  onEvent.call(socket, 'inbox:read', { ids: ['one'] }, () => {
    throw new Error('the line is gone');
  });
  await underWay.none();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ requestId: 'socket', err: { message: 'the line is gone' } });
});
