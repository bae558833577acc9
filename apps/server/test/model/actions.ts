import fc from 'fast-check';
import { USERS, type World } from './world.ts';

/** Tabs that actions speak of; some are opened later, some never. */
const TABS = 4;
const aTab = fc.nat(TABS - 1);
const aDirection = fc.constantFrom('up' as const, 'down' as const);

const named = <Is extends string, Fields>(is: Is, fields: fc.Arbitrary<Fields>) =>
  fields.map((given) => ({ is, ...given }));

/** What people do, and what befalls them. */
export const action = fc.oneof(
  { weight: 10, arbitrary: named('like', fc.record({ tab: aTab, post: fc.nat(2) })) },
  { weight: 3, arbitrary: named('read', fc.record({ tab: aTab, all: fc.boolean() })) },
  { weight: 3, arbitrary: named('cut', fc.record({ tab: aTab })) },
  { weight: 2, arbitrary: named('drop', fc.record({ tab: aTab, direction: aDirection })) },
  { weight: 2, arbitrary: named('duplicate', fc.record({ tab: aTab, direction: aDirection })) },
  { weight: 1, arbitrary: named('wake', fc.record({ tab: aTab })) },
  { weight: 2, arbitrary: named('wait', fc.record({ ms: fc.constantFrom(1, 60, 400, 1_100, 12_000) })) },
  { weight: 2, arbitrary: named('crash', fc.record({})) },
  { weight: 2, arbitrary: named('start', fc.record({})) },
  { weight: 1, arbitrary: named('stop', fc.record({})) },
  { weight: 1, arbitrary: named('back up', fc.record({})) },
  { weight: 1, arbitrary: named('restore', fc.record({})) },
  { weight: 1, arbitrary: named('storage fault', fc.record({ calls: fc.integer({ min: 1, max: 3 }) })) },
  {
    weight: 1,
    arbitrary: named('switch user', fc.record({ browser: fc.nat(1), user: fc.constantFrom(...USERS) })),
  },
);
export type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** Begins it; what follows from it takes its turns. */
export async function carryOut(world: World, act: Action) {
  const tab = 'tab' in act ? world.tabs[act.tab] : undefined;
  const link = tab && world.links.get(tab);
  switch (act.is) {
    case 'like':
      tab?.click(world.postIds[act.post] ?? '');
      break;
    case 'read':
      tab?.read(act.all);
      break;
    case 'wake':
      tab?.client.wake();
      break;
    case 'cut':
      link?.cut();
      break;
    case 'drop':
    case 'duplicate':
      if (link) link.faults[act.direction][act.is] += 1;
      break;
    case 'wait':
      await world.pass(act.ms);
      break;
    case 'crash':
      world.crash();
      break;
    case 'start':
      world.startServer();
      break;
    case 'stop':
      void world.stop();
      break;
    case 'back up':
      world.backUp();
      break;
    case 'restore':
      world.restore();
      break;
    case 'storage fault':
      world.storageFaults += act.calls;
      break;
    case 'switch user':
      void world.switchUser(act.browser, act.user);
      break;
  }
}
