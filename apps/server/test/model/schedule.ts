import fc from 'fast-check';
import { actionWith, carryOut } from './actions.ts';
import type { ModelDatabase } from './database.ts';
import {
  checkCounts,
  checkHearts,
  checkInbox,
  checkPops,
  checkRows,
  checkSessions,
  checkSights,
  checkWishes,
} from './invariants.ts';
import type { Tab } from './tab.ts';
import { settled, USERS, World } from './world.ts';

const [ALICE, BOB, CAROL] = USERS;
/** The nodes look for what they have missed at once, or 5 s after they have last done so, and then within a second. */
const BACK_MS = 6_000;
/** Of the posts. Two of one author: a notification can be missing behind a newer one. */
const AUTHORS = [ALICE, ALICE, CAROL];

const scheduleOf = (nodes: number) =>
  fc.record({
    nodes: fc.constant(nodes),
    scheduler: fc.scheduler({ act: async (run) => (await run(), settled()) }),
    /** Whose tabs are open to begin with. */
    users: fc.array(fc.constantFrom(ALICE, BOB, CAROL), { minLength: 2, maxLength: 3 }),
    /** Whether messages overtake each other. */
    disorderly: fc.nat(3).map((n) => n === 3),
    /** After each action, some of what is under way gets its turn, and some time passes. */
    steps: fc.array(
      fc.record({ action: actionWith(nodes), turns: fc.nat(20), ms: fc.constantFrom(0, 0, 60) }),
      { minLength: 3, maxLength: 14 },
    ),
  });

/** One node is a path of its own through the core, which most installations take. */
export const schedule = fc.oneof(
  { weight: 2, arbitrary: scheduleOf(1) },
  { weight: 1, arbitrary: scheduleOf(2) },
);
type Schedule = typeof schedule extends fc.Arbitrary<infer S> ? S : never;

/**
 * Lives through one schedule, lets everything come to rest, and looks at it.
 *
 * @throws {Violation} that says what is not as promised.
 */
export async function live(
  database: ModelDatabase,
  { nodes, scheduler, users, disorderly, steps }: Schedule,
) {
  const world = new World(scheduler, database, nodes, disorderly);
  world.open(AUTHORS, users);
  for (const step of steps) {
    await carryOut(world, step.action);
    await settled();
    await world.turns(step.turns);
    await world.pass(step.ms);
  }
  await comeToRest(world);
}

async function comeToRest(world: World) {
  const quiet = () => world.quiet();
  world.endFaults();
  await quiet();
  // An orderly stop under way comes to its end first.
  await world.pass(1_000, quiet);
  world.cluster.startAll();
  // A second after everybody is connected again, those who lost nothing know everything.
  await world.pass(1_500, quiet);
  const losers = openTabs(world).filter((tab) => hasLost(world, tab));
  const { bus } = world.cluster;
  // When nodes can hear each other again, they look for what they have missed.
  if (bus?.wasAway) await world.pass(BACK_MS, quiet);
  for (const tab of openTabs(world)) if (!losers.includes(tab)) checkInbox(world, tab);
  // What was lost without a trace is healed by the head.
  if (losers.length > 0 || bus?.wasAway) await world.pass(23_000, quiet);
  checkRows(world);
  checkSessions(world);
  for (const tab of world.tabs) checkSights(tab);
  for (const tab of openTabs(world)) {
    checkInbox(world, tab);
    checkPops(world, tab);
    checkCounts(world, tab);
  }
  checkWishes(world);
  if (bus?.wasAway) return;
  for (const tab of openTabs(world)) if (!losers.includes(tab)) checkHearts(world, tab);
}

function openTabs(world: World): Tab[] {
  return world.tabs.filter((tab) => !tab.ended);
}

/** Whether a message to or from the tab was lost on a connection that went on, or one that a node was to pass on. */
function hasLost(world: World, tab: Tab): boolean {
  const link = world.links.get(tab);
  const hasBusLost = world.cluster.bus?.hasLost ?? false;
  return world.hadStorageFaults || hasBusLost || !link || link.isCut || link.lost.up + link.lost.down > 0;
}
