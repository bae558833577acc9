import type { Redis } from 'ioredis';

/** Users in one call: Redis does nothing else meanwhile. */
const AT_ONCE = 1_000;
/** An installation that is gone for so long leaves nothing behind. */
const KEPT_MS = 60 * 60_000;

/**
 * Says that a member lives, who came to it and who left it, and takes the users of one dead member back, some at a time.
 * `KEYS`: members with the time at which each is taken for dead, at how many members each user is, this member's users.
 * `ARGV`: what the keys of members' users begin with, the member, whether it joins, the times, how many came, who came, who left.
 */
const BEAT = `
local members, people, own = KEYS[1], KEYS[2], KEYS[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[3] == '0' and not redis.call('ZSCORE', members, ARGV[2]) then return { -1 } end
redis.call('ZADD', members, now + ARGV[4], ARGV[2])
local function takeBack(user)
  if redis.call('HINCRBY', people, user, -1) <= 0 then redis.call('HDEL', people, user) end
end
local last = 6 + ARGV[6]
for i = 7, last do
  if redis.call('SADD', own, ARGV[i]) == 1 then redis.call('HINCRBY', people, ARGV[i], 1) end
end
for i = last + 1, #ARGV do
  if redis.call('SREM', own, ARGV[i]) == 1 then takeBack(ARGV[i]) end
end
local dead = redis.call('ZRANGEBYSCORE', members, '-inf', now, 'LIMIT', 0, 1)[1]
if dead then
  for _, user in ipairs(redis.call('SPOP', ARGV[1] .. dead, ${AT_ONCE})) do takeBack(user) end
  if redis.call('EXISTS', ARGV[1] .. dead) == 0 then redis.call('ZREM', members, dead) end
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[5]) end
return { redis.call('HLEN', people), dead or '', redis.call('ZRANGEBYSCORE', members, now, '+inf') }`;

type Answer = [-1] | [online: number, dead: string, members: string[]];

export interface CrowdDeps {
  commands: Redis;
  prefix: string;
  member: string;
  /** A member that is silent for so long is dead. */
  deadAfterMs: number;
}

export interface CrowdNews {
  /** Distinct users of all members. */
  online: number;
  members: string[];
  /** Whether a member ended, and its users are taken back. */
  ended: boolean;
}

/** The users of all members, counted in Redis: what a change costs does not depend on how many there are. */
export function createCrowd({ commands, prefix, member, deadAfterMs }: CrowdDeps) {
  const keyOfMembers = `${prefix}members`;
  const prefixOfUsers = `${prefix}users:`;
  const keys = [keyOfMembers, `${prefix}people`, prefixOfUsers + member];
  commands.defineCommand('beat', { numberOfKeys: keys.length, lua: BEAT });
  const { beat } = commands as unknown as { beat(...args: (string | number)[]): Promise<Answer> };

  async function step(joins: boolean, came: string[], left: string[]): Promise<Answer> {
    const common = [prefixOfUsers, member, Number(joins), deadAfterMs, KEPT_MS];
    return beat.call(commands, ...keys, ...common, came.length, ...came, ...left);
  }

  /** @returns null when Redis does not know this member any more. */
  async function tell(joins: boolean, came: string[], left: string[]): Promise<CrowdNews | null> {
    let ended = false;
    for (let start = 0; ; start += AT_ONCE) {
      const part = (users: string[]) => users.slice(start, start + AT_ONCE);
      const [online, dead, members = []] = await step(joins, part(came), part(left));
      if (online === -1) return null;
      if (dead) ended = true;
      else if (start + AT_ONCE >= Math.max(came.length, left.length)) return { online, members, ended };
    }
  }

  return {
    join: (users: string[]) => tell(true, users, []),
    beat: (came: string[], left: string[]) => tell(false, came, left),
    /** It is dead from now on, and so are its users to everybody. */
    end: async (who: string) => void (await commands.zadd(keyOfMembers, 'XX', 0, who)),
  };
}

export type Crowd = ReturnType<typeof createCrowd>;
