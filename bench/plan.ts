/** What is measured with whom, and what is to be reached. */
import type { CandidateName } from './candidates.ts';
import type { Load } from './measure.ts';

export interface Row {
  title: string;
  figure: string;
  unit: string;
  /** Whose; the product's when left out. */
  of?: CandidateName;
  /** Against whom, or against itself in which other scenario; left out: the figure itself is what counts. */
  over?: CandidateName | { scenario: string };
  goal: { atLeast: number } | { atMost: number };
}

export interface Scenario {
  name: string;
  letter: string;
  load: Load;
  candidates: CandidateName[];
  rows: Row[];
}

const BOTH: CandidateName[] = ['product', 'socketRooms'];
const ALL: CandidateName[] = [...BOTH, 'onPostgres', 'socketScan', 'wsRelay', 'transactionPerLike'];

const likes = (window: number): Scenario => ({
  name: `likes-${window}`,
  letter: 'A',
  load: { scenario: 'likes', window },
  candidates: ALL,
  rows: [
    {
      title: `200 people, ${window} under way each: likes acknowledged per second`,
      figure: 'likesPerSecond',
      unit: '/s',
      over: 'socketRooms',
      goal: { atLeast: window === 1 ? 0.8 : 1 },
    },
    {
      title: `200 people, ${window} under way each: CPU of the server per 1,000 likes`,
      figure: 'cpuPerThousand',
      unit: 's',
      over: 'socketRooms',
      goal: { atMost: 1.2 },
    },
    {
      title: `200 people, ${window} under way each: likes per second on PostgreSQL, against SQLite`,
      figure: 'likesPerSecond',
      unit: '/s',
      of: 'onPostgres',
      over: 'product',
      goal: { atLeast: 0.7 },
    },
    ...(window === 1
      ? []
      : [
          {
            title: `200 people, ${window} under way each: likes per second, against a transaction per like`,
            figure: 'likesPerSecond',
            unit: '/s',
            over: 'transactionPerLike',
            goal: { atLeast: 8 },
          } satisfies Row,
        ]),
  ],
});

const latency = (rate: number): Scenario => ({
  name: `latency-${rate}`,
  letter: 'B',
  load: { scenario: 'latency', rate, seconds: 8 },
  candidates: BOTH,
  rows: [
    {
      title: `${rate.toLocaleString('en')} likes/s: from the like to its author, median`,
      figure: 'p50',
      unit: 'ms',
      over: 'socketRooms',
      goal: { atMost: 3 },
    },
    {
      title: `${rate.toLocaleString('en')} likes/s: from the like to its author, p99`,
      figure: 'p99',
      unit: 'ms',
      over: 'socketRooms',
      goal: { atMost: 4 },
    },
  ],
});

const idle = (sockets: number): Scenario => ({
  name: `idle-${sockets}`,
  letter: 'C',
  load: { scenario: 'idle', sockets },
  candidates: BOTH,
  rows: [
    {
      title: `${sockets.toLocaleString('en')} idle sockets: memory of each`,
      figure: 'bytesPerSocket',
      unit: 'B',
      over: 'socketRooms',
      goal: { atMost: 1.1 },
    },
  ],
});

const crowded: Scenario = {
  name: 'latency-crowded',
  letter: 'C',
  load: { scenario: 'latency', rate: 2_000, seconds: 8, sockets: 10_000 },
  candidates: ['product'],
  rows: [
    {
      title: '2,000 likes/s beside 10,000 idle sockets, against without: p99',
      figure: 'p99',
      unit: 'ms',
      over: { scenario: 'latency-2000' },
      goal: { atMost: 4 },
    },
  ],
};

const hotPost = (sockets: number): Scenario => ({
  name: `hot-post-${sockets}`,
  letter: 'D',
  load: { scenario: 'hotPost', rate: 2_000, seconds: 8, sockets },
  candidates: ['product'],
  rows: [
    {
      title: `a hot post, ${sockets.toLocaleString('en')} watchers, 2,000 likes/s: frames per like and watcher`,
      figure: 'framesPerLikeAndWatcher',
      unit: '',
      goal: { atMost: 0.005 },
    },
    { title: 'age of a watcher’s count, p99', figure: 'ageP99', unit: 'ms', goal: { atMost: 500 } },
    {
      title: 'the likers’ acknowledgements, p99',
      figure: 'answerP99',
      unit: 'ms',
      goal: { atMost: 20 },
    },
    { title: 'of the server’s core', figure: 'serverLoad', unit: '', goal: { atMost: 0.7 } },
    {
      title: 'pushes to the hot author, most in a second',
      figure: 'pushesPerSecond',
      unit: '/s',
      goal: { atMost: 20 },
    },
  ],
});

const restart: Scenario = {
  name: 'restart',
  letter: 'E',
  load: { scenario: 'restart', sockets: 5_000 },
  candidates: BOTH,
  rows: [
    {
      title: 'restart with 5,000 clients: until all are back',
      figure: 'backWithinMs',
      unit: 'ms',
      over: 'socketRooms',
      goal: { atMost: 2 },
    },
  ],
};

/** Authors hear of likes that come at the other node. */
const nodes = (sockets: number, than?: string): Scenario => ({
  name: `nodes-${sockets}`,
  letter: 'G',
  load: { scenario: 'latency', rate: 200, seconds: 8, sockets },
  candidates: ['twoNodes'],
  rows: [
    {
      title: `two nodes, 200 likes/s beside ${sockets.toLocaleString('en')} idle sockets: messages to Redis per push`,
      figure: 'messagesPerPush',
      unit: '',
      of: 'twoNodes',
      goal: { atMost: 1.1 },
    },
    ...(than === undefined
      ? []
      : (['p50', 'p99'] as const).map((figure): Row => ({
          title: `the same, against beside 10: from the like to its author at the other node, ${figure === 'p50' ? 'median' : 'p99'}`,
          figure,
          unit: 'ms',
          of: 'twoNodes',
          over: { scenario: than },
          goal: { atMost: figure === 'p50' ? 1.5 : 4 },
        }))),
  ],
});

export const scenarios: Scenario[] = [
  likes(16),
  likes(1),
  latency(500),
  latency(2_000),
  crowded,
  idle(1_000),
  idle(5_000),
  idle(10_000),
  hotPost(5_000),
  restart,
  nodes(10),
  nodes(10_000, 'nodes-10'),
];

const brief = (scenario: Scenario, load: Partial<Load>): Scenario => ({
  ...scenario,
  candidates: scenario.candidates.filter((name) => BOTH.includes(name)),
  load: { ...scenario.load, ...load },
});

const BRIEFLY = { seconds: 3, warmUpSeconds: 1 };

/** Looks for wrong results in less than a minute; its figures are too short to be worth much. */
export const short: Scenario[] = [
  brief(likes(16), BRIEFLY),
  brief(latency(500), BRIEFLY),
  brief(hotPost(500), BRIEFLY),
];
