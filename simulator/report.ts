/** What is printed: a line a second, and what it all came to. */
import type { RecordableHistogram } from 'node:perf_hooks';
import { percentile, type Tally } from './tally.ts';

export function line(seconds: number, tally: Tally, online: number): string {
  const { sent, acknowledged, pushes, toAck, toAuthor } = tally;
  const parts = [
    `${String(seconds).padStart(4)} s`,
    `sent ${number(sent)}`,
    `acknowledged ${number(acknowledged)}`,
    `refused ${refusals(tally)}`,
    `pushes ${number(pushes)}`,
    `like to acknowledgement ${times(toAck.latest)}`,
    `like to author ${times(toAuthor.latest)}`,
    `online ${number(online)}`,
  ];
  toAck.latest.reset();
  toAuthor.latest.reset();
  return parts.join(' · ');
}

export function summary(tally: Tally, people: number, seconds: number): string {
  const { sent, acknowledged, pushes, toAck, toAuthor, leftOut, ended } = tally;
  const rate = seconds > 0 ? ` (${(acknowledged / seconds).toFixed(1)} a second)` : '';
  return [
    `In ${seconds.toFixed(0)} s ${number(people)} people sent ${number(sent)} likes and un-likes. ` +
      `Acknowledged: ${number(acknowledged)}${rate}. Refused: ${refusals(tally)}. Pushes to them: ${number(pushes)}.`,
    `Median and p99, from when a like was due to its acknowledgement: ${times(toAck.all)}; ` +
      `to its author, of ${number(toAuthor.all.count)} likes of their own posts: ${times(toAuthor.all)}.`,
    ...(tally.refused.has('RATE_LIMITED') ? [LIMITED] : []),
    ...(leftOut > 0
      ? [`${number(leftOut)} were left out, since whoever was to like waited for answers on every post.`]
      : []),
    ...(ended.length > 0
      ? [`The server ended ${ended.length} logins: ${[...new Set(ended)].join(', ')}.`]
      : []),
  ].join('\n');
}

const LIMITED =
  'The limits of the server held likes back, which were sent later: use more --users, or start the server with LIMITS=off.';

function refusals({ refused }: Tally): string {
  const all = [...refused.values()].reduce((sum, count) => sum + count, 0);
  const codes = [...refused].map(([code, count]) => `${code} ${number(count)}`);
  return codes.length === 0 ? '0' : `${number(all)} (${codes.join(', ')})`;
}

function times(durations: RecordableHistogram): string {
  const [median, p99] = [percentile(durations, 50), percentile(durations, 99)];
  return median === null || p99 === null ? '–' : `${short(median)} / ${short(p99)} ms`;
}

const short = (ms: number) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0));
const number = (value: number) => value.toLocaleString('en');
