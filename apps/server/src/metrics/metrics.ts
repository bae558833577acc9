import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createTally } from './tally.ts';

const PREFIX = 'live_likes_';
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 4_000];
const COMMIT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What is asked when somebody reads the metrics. */
export interface Gauges {
  /** Connections here, also those that nobody is logged in on. */
  sockets(): number;
  /** Distinct users who are connected here. */
  users(): number;
  isDraining(): boolean;
  /** By its name, what this process cannot do without. Each rejects while it is away. */
  services: Record<string, () => Promise<unknown>>;
}

/** Everything that an operator may watch, in the form of Prometheus. No label names a person or an address. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: PREFIX + name, help, buckets, registers });
  const tally = createTally(
    histogram('batch_likes', 'Likes in one transaction.', BATCH_SIZES),
    histogram('commit_seconds', 'Until a transaction of likes was on disk, or had failed.', COMMIT_SECONDS),
  );

  const register = (metric: Counter | Gauge) => registry.registerMetric(metric);

  /** Reads plain numbers, by the one label that tells them apart. */
  function count(name: string, help: string, label: string, numbers: Record<string, number>) {
    const collect = function (this: Counter) {
      this.reset();
      for (const [value, number] of Object.entries(numbers)) this.inc({ [label]: value }, number);
    };
    register(new Counter({ name: PREFIX + name, help, labelNames: [label], registers: [], collect }));
  }

  count('likes_total', 'Likes set or taken back, by what they were answered.', 'outcome', tally.likes);
  count('inbox_pushes_total', 'Changed inboxes, told to those who are connected.', 'outcome', tally.pushes);
  count('web_pushes_total', 'Pushes handed to push services.', 'outcome', tally.webPushes);
  count('handshakes_refused_total', 'Connections that did not come in.', 'reason', tally.handshakesRefused);
  const requests = new Counter({
    name: `${PREFIX}http_requests_total`,
    help: 'HTTP calls, by the kind of their address. Sockets are not among them.',
    labelNames: ['route', 'status'] as const,
    registers,
  });

  function gauge(name: string, help: string, read: () => number) {
    const collect = function (this: Gauge) {
      this.set(read());
    };
    register(new Gauge({ name: PREFIX + name, help, registers: [], collect }));
  }

  return {
    tally,
    countRequest: (route: string, status: number) => requests.inc({ route, status: String(status) }),
    watch({ sockets, users, isDraining, services }: Gauges) {
      gauge('sockets', 'Connections here.', sockets);
      gauge('users', 'Distinct users who are connected here.', users);
      gauge('draining', '1 while this node sends its clients away.', () => Number(isDraining()));
      const collect = async function (this: Gauge) {
        for (const [service, ask] of Object.entries(services))
          this.set({ service }, Number(await ask().then(isUp, isDown)));
      };
      const help = '1 while the service answers.';
      register(new Gauge({ name: `${PREFIX}up`, help, labelNames: ['service'], registers: [], collect }));
    },
    contentType: registry.contentType,
    read: () => registry.metrics(),
  };
}

const isUp = () => true;
const isDown = () => false;

export type Metrics = ReturnType<typeof createMetrics>;
