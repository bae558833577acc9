import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { noLimits } from '../limits/limiter.ts';
import { loginAttempts } from './loginAttempts.ts';

const PATH = '/api/auth/sign-in/username';

test('a login whose client has gone before its turn keeps nobody waiting', async () => {
  const looking = Promise.withResolvers<void>();
  const found = Promise.withResolvers<void>();
  const answers: ServerResponse[] = [];
  const attempts = loginAttempts({
    limiter: noLimits,
    accounts: {
      async idOf() {
        looking.resolve();
        await found.promise;
        return 'alice';
      },
    },
    handle: async (_req, res) => void res.end('in'),
  });
  const app = express().use(express.json());
  app.use((_req, res, next) => {
    answers.push(res);
    next();
  });
  app.post(PATH, attempts);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const logIn = (signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${port}${PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'alice', password: 'secret' }),
      signal: signal ?? null,
    });

  const leaving = new AbortController();
  const left = logIn(leaving.signal).catch(() => 'left');
  await looking.promise;
  const [answer] = answers as [ServerResponse];
  const closed = once(answer, 'close');
  leaving.abort();
  await closed;
  found.resolve();

  expect(await left).toBe('left');
  expect(await (await logIn()).text()).toBe('in');
});
