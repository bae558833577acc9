import fc from 'fast-check';
import { USERS, type World } from './world.ts';

/** Tabs that actions speak of; some are opened later, some never. */
const TABS = 4;
const aTab = fc.nat(TABS - 1);
/** Of a server with a single one, that one. */
const aNode = fc.nat(1);
const aDirection = fc.constantFrom('up' as const, 'down' as const);

const named = <Is extends string, Fields>(is: Is, fields: fc.Arbitrary<Fields>) =>
  fields.map((given) => ({ is, ...given }));

/** What people do, and what befalls them and the nodes. */
const common = [
  { weight: 10, arbitrary: named('like', fc.record({ tab: aTab, post: fc.nat(2) })) },
  { weight: 3, arbitrary: named('read', fc.record({ tab: aTab, all: fc.boolean() })) },
  { weight: 3, arbitrary: named('cut', fc.record({ tab: aTab })) },
  { weight: 2, arbitrary: named('drop', fc.record({ tab: aTab, direction: aDirection })) },
  { weight: 2, arbitrary: named('duplicate', fc.record({ tab: aTab, direction: aDirection })) },
  { weight: 1, arbitrary: named('wake', fc.record({ tab: aTab })) },
  { weight: 2, arbitrary: named('wait', fc.record({ ms: fc.constantFrom(1, 60, 400, 1_100, 12_000) })) },
  { weight: 2, arbitrary: named('crash', fc.record({ node: aNode })) },
  { weight: 2, arbitrary: named('start', fc.record({ node: aNode })) },
  { weight: 1, arbitrary: named('stop', fc.record({ node: aNode })) },
  { weight: 1, arbitrary: named('back up', fc.record({})) },
  { weight: 1, arbitrary: named('restore', fc.record({})) },
  { weight: 1, arbitrary: named('storage fault', fc.record({ calls: fc.integer({ min: 1, max: 3 }) })) },
  {
    weight: 1,
    arbitrary: named('switch user', fc.record({ browser: fc.nat(1), user: fc.constantFrom(...USERS) })),
  },
] as const;

/** What befalls what the nodes tell each other. */
const between = [
  {
    weight: 2,
    arbitrary: named(
      'note fault',
      fc.record({ fault: fc.constantFrom('drop' as const, 'duplicate' as const) }),
    ),
  },
  { weight: 1, arbitrary: named('bus away', fc.record({})) },
  { weight: 1, arbitrary: named('bus back', fc.record({})) },
] as const;

const ofOneNode = fc.oneof(...common);
const ofNodes = fc.oneof(...common, ...between);
export type Action = typeof ofNodes extends fc.Arbitrary<infer A> ? A : never;

/** What may happen in a world with so many nodes. */
export const actionWith = (nodes: number): fc.Arbitrary<Action> => (nodes > 1 ? ofNodes : ofOneNode);

/** Begins it; what follows from it takes its turns. */
export async function carryOut(world: World, act: Action) {
  const tab = 'tab' in act ? world.tabs[act.tab] : undefined;
  const link = tab && world.links.get(tab);
  const { bus } = world.cluster;
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
      world.cluster.crash(act.node);
      break;
    case 'start':
      world.cluster.start(act.node);
      break;
    case 'stop':
      void world.cluster.stop(act.node);
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
    case 'note fault':
      if (bus) bus.faults[act.fault] += 1;
      break;
    case 'bus away':
      bus?.goAway();
      break;
    case 'bus back':
      bus?.comeBack();
      break;
    case 'switch user':
      void world.switchUser(act.browser, act.user);
      break;
  }
}
