import { expect, test } from 'vitest';
import { callAs } from './harness.ts';
import { useServer } from './setup.ts';

// More attempts than the limits let one account have.
const t = useServer({ rates: null });

async function attempt(way: 'username' | 'email', name: string) {
  const began = process.cpuUsage();
  const answer = await callAs('', `${t.server.url}/api/auth/sign-in/${way}`, 'POST', {
    [way]: name,
    password: 'wrong password',
  });
  const said: unknown = await answer.json();
  const { user, system } = process.cpuUsage(began);
  // Of this process alone: what else runs on the machine changes the time, and not the work.
  return { work: user + system, told: [answer.status, said, answer.headers.getSetCookie()] };
}

/** The best of some: other programs only ever make it slower. */
async function fastest(way: 'username' | 'email', name: string) {
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) times.push((await attempt(way, name)).work);
  return Math.min(...times);
}

test(
  'nobody learns by a login who has an account, neither from its answer nor from its time',
  { timeout: 60_000 },
  async () => {
    const guest = await callAs('', `${t.server.url}/api/auth/sign-in/anonymous`, 'POST', {});
    const { user } = (await guest.json()) as { user: { username: string; email: string } };
    for (const [way, known, unknown, without] of [
      ['username', 'alice', 'nobody', user.username],
      ['email', 'alice@demo.invalid', 'nobody@demo.invalid', user.email],
    ] as const) {
      const wrong = await attempt(way, known);
      expect(wrong.told[0]).toBe(401);
      expect((await attempt(way, unknown)).told).toEqual(wrong.told);
      expect((await attempt(way, without)).told).toEqual(wrong.told);
      const time = await fastest(way, known);
      for (const name of [unknown, without]) {
        const other = await fastest(way, name);
        expect(other / time).toBeGreaterThan(0.5);
        expect(other / time).toBeLessThan(2);
      }
    }
  },
);
