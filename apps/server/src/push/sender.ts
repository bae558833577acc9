import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Delivery, Push } from './deliver.ts';

const AT_ONCE = 20;
/** Anybody can name endpoints that never answer: these many, at most, they take from the others. */
const AT_ONCE_EACH = 2;
/** More than this waits for nobody, and not so many for one person: what is left out is in the inbox. */
const WAITING_MAX = 20_000;
const WAITING_MAX_EACH = 200;
const TRY_AGAIN_AFTER_MS = [2_000, 10_000];
/** An endpoint for which all tries were in vain is left alone so long. */
const LEFT_ALONE_MS = 5 * 60_000;

interface Job {
  push: Push;
  tries: number;
}

/** One person's pushes. */
interface Line {
  waiting: Job[];
  /** Timers of those that wait for their next try. */
  resting: Set<unknown>;
  underWay: number;
  /** Its person has come: nothing more of it is sent. */
  over: boolean;
}

export interface SenderDeps {
  deliver(push: Push): Promise<Delivery>;
  /** Whether it still is of any use, asked at the last moment. */
  isDue(push: Push): Promise<boolean>;
  forget(endpoint: string): Promise<void>;
  clock: Clock;
  log: Logger;
}

/**
 * Sends pushes, a bounded number at once, each person's in turn, and tries those again that a push service had no
 * time for.
 */
export function createSender({ deliver, isDue, forget, clock, log }: SenderDeps) {
  const lines = new Map<string, Line>();
  /** Those of which something may be sent, in the order in which it is their turn. */
  const turns = new Set<Line>();
  /** Endpoints and until when, in the order of time. */
  const leftAlone = new Map<string, number>();
  let waiting = 0;
  let underWay = 0;
  let closed = false;

  function lineOf(userId: string): Line {
    const line = lines.get(userId) ?? { waiting: [], resting: new Set(), underWay: 0, over: false };
    lines.set(userId, line);
    return line;
  }

  function enqueue(line: Line, job: Job) {
    line.waiting.push(job);
    queueUp(line);
    work();
  }

  function queueUp(line: Line) {
    if (line.waiting.length > 0 && line.underWay < AT_ONCE_EACH) turns.add(line);
  }

  function work() {
    for (const line of turns) {
      if (underWay >= AT_ONCE) return;
      turns.delete(line);
      const job = line.waiting.shift();
      if (job) void run(line, job);
      queueUp(line);
    }
  }

  async function run(line: Line, job: Job) {
    const { userId } = job.push;
    waiting -= 1;
    underWay += 1;
    line.underWay += 1;
    const again = await attempt(line, job);
    underWay -= 1;
    line.underWay -= 1;
    if (again !== null && !line.over) rest(line, { ...job, tries: job.tries + 1 }, again);
    queueUp(line);
    work();
    const isEmpty = line.waiting.length + line.resting.size + line.underWay === 0;
    if (isEmpty && lines.get(userId) === line) lines.delete(userId);
  }

  /** Resolves with the time until the next try; null when there is to be none. */
  async function attempt(line: Line, { push, tries }: Job): Promise<number | null> {
    const { endpoint } = push.subscription;
    try {
      if (clock.now() >= push.until || isLeftAlone(endpoint)) return null;
      if (!(await isDue(push)) || line.over) return null;
      const delivery = await deliver(push);
      if (delivery === 'gone') await forget(endpoint);
      if (delivery === 'refused') log.warn({ service: serviceOf(endpoint) }, 'a push was refused');
      if (delivery !== 'later') return null;
      const again = TRY_AGAIN_AFTER_MS[tries];
      if (again !== undefined) return again;
      log.warn({ service: serviceOf(endpoint) }, 'a push service takes no push; the inbox has it');
      leaveAlone(endpoint);
    } catch (error) {
      log.warn({ err: error }, 'a push was lost; the inbox has it');
    }
    return null;
  }

  function rest(line: Line, job: Job, ms: number) {
    waiting += 1;
    const timer = clock.setTimeout(() => {
      line.resting.delete(timer);
      enqueue(line, job);
    }, ms);
    line.resting.add(timer);
  }

  function leaveAlone(endpoint: string) {
    const now = clock.now();
    for (const [first, until] of leftAlone) {
      if (until > now) break;
      leftAlone.delete(first);
    }
    leftAlone.delete(endpoint);
    leftAlone.set(endpoint, now + LEFT_ALONE_MS);
  }

  function isLeftAlone(endpoint: string): boolean {
    return (leftAlone.get(endpoint) ?? 0) > clock.now();
  }

  function drop(userId: string) {
    const line = lines.get(userId);
    if (!line) return;
    line.over = true;
    for (const timer of line.resting) clock.clearTimeout(timer);
    waiting -= line.waiting.length + line.resting.size;
    line.waiting = [];
    line.resting.clear();
    lines.delete(userId);
  }

  return {
    send(push: Push) {
      if (closed) return;
      if (waiting >= WAITING_MAX) {
        log.warn('too many pushes are waiting; one was left out');
        return;
      }
      const line = lineOf(push.userId);
      if (line.waiting.length + line.resting.size >= WAITING_MAX_EACH) return;
      waiting += 1;
      enqueue(line, { push, tries: 0 });
    },
    /** Sends nothing more of what waits for them. */
    drop,
    close() {
      closed = true;
      for (const userId of lines.keys()) drop(userId);
    },
  };
}

/** The rest of an endpoint is a secret between the browser and us. */
function serviceOf(endpoint: string): string {
  return new URL(endpoint).host;
}
