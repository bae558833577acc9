import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;

test('a page of another origin reaches nothing with the cookie of its visitor', async ({ actor, server }) => {
  const evil = createServer((_req, res) => {
    res.setHeader('content-type', 'text/html').end('<title>Free kittens</title><body></body>');
  }).listen(0, 'localhost');
  await once(evil, 'listening');
  const alice = await actor('alice');
  const before = server.database.posts().length;
  // The same site, on another port: browsers send the cookie there and back.
  const page = await alice.page.context().newPage();
  await page.goto(`http://localhost:${(evil.address() as AddressInfo).port}`);

  const reached = await page.evaluate(
    async ({ url, postId }) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
      const overWebSocket = await new Promise((resolve) => {
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('error', () => resolve('refused'));
      });
      const call = (path: string, init: RequestInit) =>
        fetch(url + path, { credentials: 'include', ...init }).then(
          async (answer) => answer.text(),
          () => 'refused',
        );
      return {
        overWebSocket,
        overPolling: await call('/socket.io/?EIO=4&transport=polling', {}),
        reading: await call('/api/inbox', {}),
        liking: await call(`/api/posts/${postId}/like`, { method: 'PUT' }),
        // What a browser sends without asking first.
        simplePost: await call('/api/posts', {
          method: 'POST',
          mode: 'no-cors',
          headers: { 'content-type': 'text/plain' },
          body: '{"body":"I was not here"}',
        }),
      };
    },
    { url: server.url, postId: server.database.post(POST).id },
  );

  expect(reached).toEqual({
    overWebSocket: 'refused',
    overPolling: 'refused',
    reading: 'refused',
    liking: 'refused',
    simplePost: 'refused',
  });
  for (const path of ['/api/posts', '/api/auth/sign-out']) {
    await page.setContent(
      `<form method="post" enctype="text/plain" action="${server.url}${path}">
         <input name='{"body":"I was not here","x":"' value='"}'><button>Kittens</button></form>`,
    );
    await page.getByRole('button', { name: 'Kittens' }).click();
    await expect(page.getByText('FORBIDDEN')).toBeVisible();
    await page.goBack();
  }
  expect(server.database.posts()).toHaveLength(before);
  await alice.page.reload();
  await alice.isInAs('alice');
  evil.close();
});
