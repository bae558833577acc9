import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { useServer } from './setup.ts';

const AT_ONCE_MS = 5_000;
const t = useServer();

test.each(['', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'])(
  'who asks for another protocol elsewhere than at Socket.IO’s address is hung up on, after %j',
  async (before) => {
    const { port } = new URL(t.server.url);
    const socket = connect({ host: '127.0.0.1', port: Number(port) });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    if (before) {
      socket.write(before);
      await once(socket, 'data');
    }
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
    await once(socket, 'close', { signal: AbortSignal.timeout(AT_ONCE_MS) });
    const { httpServer } = t.server.app;
    const open = () =>
      new Promise<number>((resolve) => void httpServer.getConnections((_error, count) => resolve(count)));
    await expect.poll(open).toBe(0);
  },
);
