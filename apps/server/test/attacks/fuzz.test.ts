import { request } from 'node:http';
import { clientEvents } from '@live-likes/contract';
import fc from 'fast-check';
import { expect } from 'vitest';
import { callAs } from '../harness.ts';
import { test } from '../faults/world.ts';
import { rawSocket } from './rawSocket.ts';

const EVENTS = 10_000;
const REQUESTS = 5_000;
const AT_ONCE = 50;
const MEGABYTE = 1_000_000;
const MOST_GROWTH = 50 * MEGABYTE;
const MAY_ANSWER = ['INVALID', 'NOT_FOUND', 'RATE_LIMITED'];
const ANSWER_WITHIN_MS = 20_000;

const valid = fc.oneof(
  fc.constantFrom(
    // What `JSON.stringify` never writes: more than a number holds, half a letter, names that JavaScript uses itself.
    '1e309',
    '-0',
    '9007199254740993',
    '"\\ud800"',
    '"\\u0000"',
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '{"_placeholder":true,"num":7}',
    'null',
    'true',
    '[]',
    '{}',
  ),
  fc.json({ maxDepth: 4 }),
);
/** Most of these are more than a message may hold, or no JSON, and cost the sender the connection. */
const extreme = fc.constantFrom(
  `[${'1,'.repeat(100_000)}1]`,
  `[${'1,'.repeat(20_000)}1]`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`,
  `"${'x'.repeat(60_000)}"`,
  'NaN',
  '{',
);
const json = fc.oneof({ weight: 200, arbitrary: valid }, { weight: 1, arbitrary: extreme });
const id = fc.oneof(
  fc.uuid().map((text) => JSON.stringify(text)),
  fc.constantFrom('""', '"unknown"', '"../x"', '"%00"'),
  json,
);
/** Payloads that are nearly right. */
const nearly = fc.oneof(
  fc
    .tuple(id, json, id, json)
    .map(
      ([postId, liked, client, n]) =>
        `{"postId":${postId},"liked":${liked},"op":{"client":${client},"n":${n}}}`,
    ),
  fc.tuple(id, json).map(([epoch, since]) => `{"epoch":${epoch},"since":${since}}`),
  fc.tuple(id, json).map(([epoch, upTo]) => `{"epoch":${epoch},"upTo":${upTo}}`),
  fc
    .tuple(fc.constantFrom('ids', 'postIds'), fc.array(id, { maxLength: 120 }))
    .map(([key, ids]) => `{"${key}":[${ids.join()}]}`),
);
const eventName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(clientEvents)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'disconnect', 'error', ''),
  },
  { weight: 1, arbitrary: fc.string() },
);
const event = fc.record({
  name: eventName,
  payloads: fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.oneof(json, nearly)) },
    { weight: 1, arbitrary: fc.array(json, { maxLength: 3 }) },
  ),
  withAck: fc.boolean(),
  attachments: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2),
});

test(
  '10,000 events of garbage are answered or end their own socket, and nothing else',
  { timeout: 180_000 },
  async ({ world }) => {
    const [mallory, alice] = await world.people('person', 2);
    if (!mallory || !alice) throw new Error('no people');
    const post = await alice.post('in the middle of it');
    const tab = await alice.tab();
    const { pid } = world.server;
    const seed = Date.now();
    const events = fc.sample(event, { numRuns: EVENTS, seed });
    const open = () => rawSocket(world.server.url, mallory.headers.cookie);
    let socket = await open();
    let answered = 0;
    let before = 0;

    for (let from = 0; from < events.length; from += AT_ONCE) {
      if (!socket.isOpen()) socket = await open();
      const asked = events.slice(from, from + AT_ONCE).flatMap(({ name, payloads, withAck, attachments }) => {
        const args = `[${[JSON.stringify(name), ...payloads].join()}]`;
        const bytes = Array.from({ length: attachments }, () => new Uint8Array(64));
        if (withAck) return [socket.ask(args, bytes)];
        socket.send(`42${args}`);
        return [];
      });
      // The last one is right: what comes before it has been answered by then, or never will be.
      asked.push(socket.ask('["posts:watch",{"postIds":[]}]'));
      const what = `seed ${seed}, from event ${from}`;
      const answers = (await within(ANSWER_WITHIN_MS, Promise.all(asked), what)) as (Answer | null)[];
      answered += answers.filter(Boolean).length;
      const codes = answers.flatMap((answer) => (answer && !answer[0].ok ? [answer[0].error.code] : []));
      expect(codes.filter((code) => !MAY_ANSWER.includes(code))).toEqual([]);
      if (from === 20 * AT_ONCE) before = world.server.memory();
    }

    expect(world.server.pid).toBe(pid);
    expect(world.server.memory() - before).toBeLessThan(MOST_GROWTH);
    console.log(
      `Garbage: ${answered} events answered, before the rest closed its socket or asked for no answer`,
    );
    expect(answered).toBeGreaterThan(EVENTS / 10);
    tab.like(post.id);
    await tab.acknowledged();
    socket.close();
  },
);

type Answer = [{ ok: true } | { ok: false; error: { code: string } }];

const methods = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
);
const segment = fc.oneof(
  fc.constantFrom(
    '%',
    '%00',
    '%c0%af',
    '..',
    '%2e%2e',
    '%ud800',
    '__proto__',
    'constructor',
    ' '.repeat(3),
    'x'.repeat(3_000),
  ),
  fc.webSegment(),
  fc.uuid(),
);
const paths = fc
  .tuple(
    fc.constantFrom(
      '/',
      '/api/',
      '/api/posts/',
      '/api/posts/unknown/',
      '/api/inbox/',
      '/api/inbox/read',
      '/api/me/settings/',
      '/api/users/',
      '/api/announcements/',
      '/api/push/',
      '/api/auth/',
      '/api/auth/sign-in/username',
      '/api/auth/sign-up/email',
      '/assets/',
      '/socket.io/',
      '/people/',
      '/healthz',
    ),
    fc.oneof(segment, fc.constantFrom('', 'like', 'likers', 'mute', 'audience')),
    fc.oneof(
      fc.constant(''),
      fc.webQueryParameters().map((query) => `?${query}`),
      fc.constantFrom('?before=%00&limit=1e309', '?limit[]=1', '?limit=-1&limit=2'),
    ),
  )
  .map((parts) => parts.join('').replaceAll(/[^\x21-\x7e]/g, '%20'));
const call = fc.record({
  method: methods,
  path: paths,
  body: fc.oneof(json, nearly, fc.string(), fc.constant('')),
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=utf-7',
    'text/plain',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    '',
  ),
  encoding: fc.constantFrom('', '', '', 'gzip', 'br', 'nonsense'),
});

test(
  '5,000 requests of garbage get an answer that is no fault of ours',
  { timeout: 180_000 },
  async ({ world }) => {
    const [mallory, alice] = await world.people('person', 2);
    if (!mallory || !alice) throw new Error('no people');
    const post = await alice.post('in the middle of it');
    const { pid } = world.server;
    const seed = Date.now();
    const calls = fc.sample(call, { numRuns: REQUESTS, seed });
    const faults: string[] = [];
    let before = 0;
    for (let from = 0; from < calls.length; from += AT_ONCE) {
      const batch = calls.slice(from, from + AT_ONCE);
      const statuses = await within(
        ANSWER_WITHIN_MS,
        Promise.all(batch.map((one) => statusOf(world.server.port, mallory.headers.cookie, one))),
        `seed ${seed}, from request ${from}`,
      );
      for (const [i, status] of statuses.entries()) {
        if (status >= 500) faults.push(`${status}: ${JSON.stringify(batch[i]).slice(0, 300)}`);
      }
      if (from === 20 * AT_ONCE) before = world.server.memory();
    }
    expect(faults).toEqual([]);
    expect(world.server.pid).toBe(pid);
    expect(world.server.memory() - before).toBeLessThan(MOST_GROWTH);
    const answer = await callAs(alice.headers.cookie, `${world.server.url}/api/posts/${post.id}`, 'GET');
    expect(answer.status).toBe(200);
  },
);

type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** 0: the server closed the connection. */
function statusOf(port: number, cookie: string, { method, path, body, type, encoding }: Call) {
  return new Promise<number>((resolve) => {
    const headers = {
      cookie,
      ...(type && { 'content-type': type }),
      ...(encoding && { 'content-encoding': encoding }),
    };
    const asked = request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', () => resolve(0));
    });
    asked.on('error', () => resolve(0));
    asked.end(body);
  });
}

async function within<T>(ms: number, work: Promise<T>, what: string): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer after ${ms} ms: ${what}`)), ms).unref();
  });
  return Promise.race([work, late]);
}
