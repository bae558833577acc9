/** Those who look at the hot post: a process of their own, so that what they hear delays nobody who likes. */
import { quantile } from '../statistics.ts';
import { readWorld } from '../world.ts';
import { connect, connectAll } from './client.ts';
import type { LoadSpec } from './spec.ts';

export interface WatchSpec extends Pick<LoadSpec, 'target' | 'world' | 'sockets'> {
  /** Of the first watcher among the people. */
  first: number;
  postId: string;
}

/** What they are told at the end: by `rev`, the moment (`Date.now()`) at which its like was answered. */
export interface WatchEnd {
  answeredAt: Record<number, number>;
  lastRev: number;
}

export interface Watched {
  frames: number;
  ageP99: number;
  /** How many do not show the last count. */
  behind: number;
}

/** A count that was heard: what was shown until then, and when. */
const heard: { shown: number; at: number }[] = [];
/** By watcher, the newest `rev` that was heard. */
const newest = new Map<string, number>();

process.once('message', (spec: WatchSpec) => {
  watch(spec).then(
    () => process.send?.('watching'),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
  process.once('message', (end: WatchEnd) => process.send?.(result(end), () => process.exit(0)));
});

async function watch({ target, world, first, sockets, postId }: WatchSpec) {
  const people = readWorld(world).people.slice(first, first + sockets);
  for (const { id } of people) newest.set(id, 0);
  const watchers = await connectAll(people, (person) => {
    return connect(target, person, {
      event(name, json) {
        if (name !== 'posts:changed') return;
        const shown = newest.get(person.id) ?? 0;
        heard.push({ shown, at: Date.now() });
        newest.set(person.id, Math.max(shown, Number(/"rev":(\d+)/.exec(json)?.[1])));
      },
    });
  });
  for (const watcher of watchers) {
    watcher.ask('posts:watch', { postIds: [postId] });
    watcher.flush();
  }
}

/** A count is as old as the answer to the first like that it does not hold. */
function result({ answeredAt, lastRev }: WatchEnd): Watched {
  const ages = heard.flatMap(({ shown, at }) => {
    const since = answeredAt[shown + 1];
    return since === undefined ? [] : [at - since];
  });
  const behind = [...newest.values()].filter((rev) => rev < lastRev).length;
  return { frames: heard.length, ageP99: quantile(ages, 0.99), behind };
}
