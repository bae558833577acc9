/** People who like: each a connection of the client core to a running server. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logIn } from './accounts.ts';
import { whenAskedToStop } from './askedToStop.ts';
import { auditAll } from './audit.ts';
import { like, write } from './crowd.ts';
import { NotSimulated } from './notSimulated.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { Person } from './person.ts';
import { line, summary } from './report.ts';
import { createTally, type Tally } from './tally.ts';
import { createTold } from './told.ts';

const READY_WITHIN_MS = 30_000;
/** Long enough for a push that was lost to be healed by the next head of the inbox. */
const REST_WITHIN_MS = 30_000;
/** Longer than a limit of rate holds likes back. */
const ANSWERED_WITHIN_MS = 75_000;
const LOOK_AGAIN_MS = 250;
const LINE_MS = 1_000;
const MOST_TOLD = 5;

const DEFAULTS = {
  url: process.env['PUBLIC_URL'] || 'http://localhost:3000',
  peopleFile: path.resolve(import.meta.dirname, '../data/simulated-people.json'),
};

const people: Person[] = [];
try {
  const options = readOptions(process.argv.slice(2), DEFAULTS);
  if (options) await simulate(options, whenAskedToStop());
  else console.log(USAGE);
} catch (error) {
  if (!(error instanceof NotSimulated)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const person of people) person.close();
}

async function simulate(options: Options, asked: AbortSignal) {
  const { url, users, peopleFile, seconds } = options;
  const accounts = await logIn(url, users, peopleFile, asked);
  const tally = createTally();
  const authors = new Set(accounts.map(({ userId }) => userId));
  const told = createTold(authors, (ms) => tally.toAuthor.add(ms));
  for (const account of accounts) people.push(new Person({ url, account, tally, told }));
  const ready = await until(() => people.every(({ isReady }) => isReady), READY_WITHIN_MS, asked);
  if (asked.aborted) return;
  if (!ready) throw new NotSimulated(`Not all of ${users} connections to ${url} came up within 30 s.`);

  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1_000;
  console.log(`${users} people like at ${url} for ${seconds} s; Ctrl-C ends it earlier.`);
  const lines = setInterval(() => console.log(line(Math.round(elapsed()), tally, online())), LINE_MS);
  const over = new AbortController();
  const writing = write(people, AbortSignal.any([asked, over.signal]));
  await like(people, options, asked);
  over.abort();
  const lasted = elapsed();
  await writing;
  await until(
    () => people.every(({ waiting, ended }) => waiting === 0 || ended !== null),
    ANSWERED_WITHIN_MS,
  );
  clearInterval(lines);
  console.log(summary(tally, users, lasted));
  await verify(url, tally);
}

/** Says whether everything that people were told is what the server answers, and sets the exit code. */
async function verify(url: string, { ended }: Tally) {
  const present = people.filter((person) => person.ended === null);
  const waiting = present.reduce((sum, person) => sum + person.waiting, 0);
  const { likes, wrong } = await auditAll(url, present, REST_WITHIN_MS);
  if (waiting > 0) wrong.push(`${waiting} likes have no answer.`);
  if (wrong.length === 0) {
    console.log(
      `Checked: ${likes} likes and un-likes are in the server's answers as acknowledged, and ${present.length} inboxes are what the server has.`,
    );
  }
  for (const sentence of wrong.slice(0, MOST_TOLD)) console.error(sentence);
  if (wrong.length > MOST_TOLD) console.error(`And ${wrong.length - MOST_TOLD} more.`);
  process.exitCode = wrong.length > 0 || ended.length > 0 ? 1 : 0;
}

/** Distinct users, as the server says. */
function online(): number {
  return people.find(({ ended }) => ended === null)?.client.online.get() ?? 0;
}

/** False when it has not come true within the time. */
async function until(done: () => boolean, withinMs: number, signal?: AbortSignal): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs;
  while (!done()) {
    if (performance.now() > giveUpAt || signal?.aborted) return false;
    await sleep(LOOK_AGAIN_MS);
  }
  return true;
}
