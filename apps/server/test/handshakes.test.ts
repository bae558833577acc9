import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { connect, next } from './harness.ts';
import { useServer } from './setup.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const t = useServer();

/** The requests with which a connection begins, or goes on as a WebSocket. */
function handshakes(): WeakRef<IncomingMessage>[] {
  const requests: WeakRef<IncomingMessage>[] = [];
  const { httpServer } = t.server.app;
  const keep = (event: 'request' | 'upgrade') => {
    const listener = (req: IncomingMessage) => {
      if (event === 'upgrade' || !req.url?.includes('sid=')) requests.push(new WeakRef(req));
    };
    httpServer.prependListener(event, listener);
    onTestFinished(() => void httpServer.off(event, listener));
  };
  keep('request');
  keep('upgrade');
  return requests;
}

test.each([
  ['begins as a WebSocket', ['websocket'], 1],
  ['polls', ['polling'], 1],
  ['goes on as a WebSocket', ['polling', 'websocket'], 2],
])('an idle connection that %s keeps nothing of its handshake', async (_case, transports, expected) => {
  const { cookie } = await t.person('alice');
  const requests = handshakes();
  const socket = connect(t.server, { cookie }, {}, transports);
  onTestFinished(() => void socket.disconnect());
  const upgraded = transports.length > 1 && once(socket.io.engine as never, 'upgrade');
  await next(socket, 'session:ready');
  await upgraded;

  expect(await socket.emitWithAck('posts:watch', { postIds: [] })).toMatchObject({ ok: true });
  const areGone = () => {
    collectGarbage();
    return requests.map((request) => request.deref() === undefined);
  };
  await expect.poll(areGone).toEqual(Array.from({ length: expected }, () => true));
});
