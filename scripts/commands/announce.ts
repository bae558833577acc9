/** `npm run announce -- --to bob,carol "text"`: an announcement from the command line, at a server that runs. */
import { parseArgs } from 'node:util';
import { announce, NotAnnounced } from './announcing.ts';
import { fail } from './processes.ts';

const DEMO_PASSWORD = 'live-likes-demo';

const USAGE = `Usage: npm run announce -- [options] "text"

  --to bob,carol   usernames; without it, everybody
  --as alice       the admin who announces; the password is taken from LIVE_LIKES_PASSWORD, or is the demo's
  --url URL        the server; without it PUBLIC_URL, or http://localhost:3000`;

try {
  const { values, positionals } = given();
  if (values.help) console.log(USAGE);
  else console.log(sentTo(await announce({ ...address(values), text: textOf(positionals) })));
} catch (error) {
  if (!(error instanceof NotAnnounced)) throw error;
  await fail(error.message);
}

function given() {
  const options = {
    to: { type: 'string' },
    as: { type: 'string', default: 'alice' },
    url: { type: 'string', default: process.env['PUBLIC_URL'] || 'http://localhost:3000' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new NotAnnounced(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function address({ to, as, url }: { to?: string; as: string; url: string }) {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new NotAnnounced(`--url must be an http or https address, not "${url}".`);
  const names = to?.split(',').map((name) => name.trim());
  if (names?.includes('')) throw new NotAnnounced('--to must be a comma-separated list of usernames.');
  return {
    url,
    admin: as,
    password: process.env['LIVE_LIKES_PASSWORD'] || DEMO_PASSWORD,
    to: names ? [...new Set(names)] : null,
  };
}

function textOf(words: string[]): string {
  const text = words.join(' ').trim();
  if (text === '') throw new NotAnnounced('There is no text to announce.');
  return text;
}

function sentTo(people: number): string {
  return `Sent to ${people} ${people === 1 ? 'person' : 'people'}.`;
}
