import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { createECDH, randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import webPush from 'web-push';
import { systemClock } from '../clock.ts';
import { createDeliverer } from './deliver.ts';
import { endpointRule } from './endpoint.ts';

test('of the answer no more is read than the status, and no connection is kept', async () => {
  const service = createServer((_req, res) => void res.writeHead(201).write('and there is more'));
  const connected = once(service, 'connection') as Promise<[Socket]>;
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  onTestFinished(() => void service.close());

  const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/x`;
  const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:ops@example.com' };
  const deliverer = createDeliverer({ vapid, rule: endpointRule(endpoint), clock: systemClock });
  const keys = {
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  };
  const subscription = { endpoint, keys };
  const push = { userId: '', subscription, notificationId: '', message: '{}', topic: 'topic', until: 0 };

  const delivery = deliverer.deliver(push);
  const [connection] = await connected;
  const closed = once(connection, 'close');
  const began = performance.now();
  expect(await delivery).toBe('delivered');
  await closed;
  expect(performance.now() - began).toBeLessThan(2_000);
});
