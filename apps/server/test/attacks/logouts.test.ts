import { setTimeout as after } from 'node:timers/promises';
import { expect } from 'vitest';
import { callAs } from '../harness.ts';
import { test } from '../faults/world.ts';
import { rawSocket } from './rawSocket.ts';

const LOGOUTS = 200;
const AT_ONCE = 20;
/** The logout falls before, into or after the handshake, which takes about so long. */
const HANDSHAKE_MS = 60;
/** Within a second, on a machine of one's own. */
const CUT_WITHIN_MS = 10_000;

test('no socket survives the logout that its handshake raced', { timeout: 180_000 }, async ({ world }) => {
  const outcomes = { refused: 0, cut: 0 };
  for (let from = 0; from < LOGOUTS; from += AT_ONCE) {
    const people = await world.people(`person${from}-`, AT_ONCE);
    await Promise.all(people.map(({ headers }, i) => race(headers.cookie, (i / AT_ONCE) * 2 - 1)));
  }
  // Both happened, or the race was none.
  expect(outcomes.cut).toBeGreaterThan(0);
  expect(outcomes.refused).toBeGreaterThan(0);

  /** `lead` of the handshake before the logout, in handshakes. */
  async function race(cookie: string, lead: number) {
    const [socket, loggedOut] = await Promise.all([
      after(-lead * HANDSHAKE_MS).then(() => rawSocket(world.server.url, cookie)),
      after(lead * HANDSHAKE_MS).then(() => logOut(cookie)),
    ]);
    const letIn = socket.frames.some((frame) => frame.startsWith('42["session:ready"'));
    outcomes[letIn ? 'cut' : 'refused'] += 1;
    if (!letIn) return socket.close();
    await Promise.race([socket.closed, after(CUT_WITHIN_MS)]);
    expect(socket.isOpen()).toBe(false);
    expect(performance.now() - loggedOut).toBeLessThan(CUT_WITHIN_MS);
    return undefined;
  }

  async function logOut(cookie: string): Promise<number> {
    const answer = await callAs(cookie, `${world.server.url}/api/auth/sign-out`, 'POST', {});
    expect(answer.status).toBe(200);
    return performance.now();
  }
});
