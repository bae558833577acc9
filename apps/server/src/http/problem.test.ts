import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express, { type RequestHandler } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../log.ts';
import { problemHandler } from './problem.ts';

const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\ncookie: a=secret\r\n\r\n';

/** What comes of one connection, on which a client has sent `sent`, until it is closed. */
async function connection(sent: string, answer: RequestHandler) {
  const logged: string[] = [];
  const log = createLog('info', { write: (line) => logged.push(line) });
  const server = express().use(answer, problemHandler(log)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const closed = new Promise((resolve) => {
    server.once('connection', (socket: Socket) => socket.once('close', resolve));
  });
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
  onTestFinished(() => void client.destroy());
  client.on('error', () => undefined).write(sent);
  await closed;
  return logged;
}

test('what a client sends after its request, and that is none, is written down nowhere', async () => {
  const answered = Promise.withResolvers<unknown>();
  const logged = await connection(`${REQUEST}no method\r\n\r\n`, (_req, res, next) => {
    res.sendFile(import.meta.filename, (error) => {
      next(error);
      answered.resolve(error);
    });
  });
  expect(await answered.promise).toMatchObject({ code: 'HPE_INVALID_METHOD' });
  expect(logged).toEqual([]);
});

test('a call that fails in the middle of its answer is logged, and ends the connection', async () => {
  const logged = await connection(REQUEST, (_req, res, next) => {
    res.write('a beginning');
    next(new Error('a fault of ours'));
  });
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0]!)).toMatchObject({ msg: 'call failed', err: { message: 'a fault of ours' } });
});
