import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './freePort.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ family }) => family === 'IPv6'),
);

test('whoever asks for many gets as many, none of which a connection to elsewhere could have', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(new Set(ports).size).toBe(50);
  // From here on Linux gives them to connections, where nobody has told it otherwise.
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

test.each(hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'])(
  'one that is listened on at %s is not given',
  async (host) => {
    // It would be the next one.
    const taken = (await freePort()) + 1;
    const server = createServer();
    onTestFinished(() => void server.close());
    // Should somebody else have it, that is as good.
    await once(server.listen(taken, host), 'listening').catch(() => undefined);
    expect(await freePort()).not.toBe(taken);
  },
);
