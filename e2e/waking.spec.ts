import { DEMO_POSTS } from './actors.ts';
import { NEEDS_WEBSOCKETS } from './cluster.ts';
import { Wire } from './frames.ts';
import { expectTruth } from './oracle.ts';
import { expect, test } from './test.ts';

test.skip(...NEEDS_WEBSOCKETS);

/** A dead connection goes unnoticed for 20 to 45 s, until a ping is overdue. */
const REPLACED_WITHIN_MS = 15_000;

test('a connection that died unnoticed is replaced when the screen, the window or the network comes back', async ({
  actor,
  visitor,
  server,
}) => {
  // Three times the wait for an answer that does not come, on a machine that may be busy.
  test.setTimeout(120_000);
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  const wire = await Wire.of(alice.page);
  await alice.logsInAs('alice');

  for (const [i, sign] of (['visibilitychange', 'focus', 'online'] as const).entries()) {
    wire.diesSilently();
    await bob.likes(DEMO_POSTS.alice[i]!);
    await bob.hasConfirmed(i + 1);
    const wokenAt = Date.now();
    await alice.hears(sign);
    await expect(alice.inbox.bell).toHaveAttribute('data-unread', String(i + 1), {
      timeout: REPLACED_WITHIN_MS,
    });
    test.info().annotations.push({ type: sign, description: `replaced after ${Date.now() - wokenAt} ms` });
    expect(wire.connections).toBe(i + 2);
    await alice.isLive();
  }

  await expectTruth(server.database, alice, bob);
});
