import { expect, test } from 'vitest';
import { isHeld, standFor } from './tabRole.ts';

let names = 0;
const aName = () => `role ${(names += 1)}`;

test('one of several holds a role, and the next in line takes it over', async () => {
  const name = aName();
  const tabs = [standFor(name), standFor(name), standFor(name)];
  const holders = () => tabs.map((tab) => tab.held());
  await expect.poll(holders).toEqual([true, false, false]);

  tabs[0]?.giveUp();
  await expect.poll(holders).toEqual([false, true, false]);

  // Whoever waits no longer is passed over.
  tabs[2]?.giveUp();
  tabs[1]?.giveUp();
  const late = standFor(name);
  await expect.poll(late.held).toBe(true);
  expect(holders()).toEqual([false, false, false]);
  late.giveUp();
});

test('a shared role is held by all, and known to be until the last gives it up', async () => {
  const name = aName();
  const tabs = [standFor(name, 'shared'), standFor(name, 'shared')];
  await expect.poll(() => tabs.every((tab) => tab.held())).toBe(true);
  expect(await isHeld(name)).toBe(true);
  tabs[0]?.giveUp();
  await expect.poll(() => isHeld(name)).toBe(true);
  tabs[1]?.giveUp();
  await expect.poll(() => isHeld(name)).toBe(false);
});

test('roles of different names do not stand in each other’s way', async () => {
  const [one, other] = [standFor(aName()), standFor(aName())];
  await expect.poll(() => one.held() && other.held()).toBe(true);
  one.giveUp();
  other.giveUp();
});

test('where locks are refused, as without storage, every tab stands for itself', async () => {
  const refusing = {
    request: () => Promise.reject(new DOMException('no storage', 'SecurityError')),
    query: () => Promise.reject(new DOMException('no storage', 'SecurityError')),
  } as unknown as LockManager;
  const role = standFor(aName(), 'exclusive', refusing);
  await expect.poll(role.held).toBe(true);
  expect(await isHeld(aName(), refusing)).toBeUndefined();
});
