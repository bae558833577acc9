/** Faults that somebody could build into the core. Each edit is made once, in the one place where its text stands. */
export interface Mutant {
  name: string;
  /** From the repository's root. */
  file: string;
  edits: [find: string, replace: string][];
}

const CLIENT = 'packages/client/src';
const SERVER = 'apps/server/src';

export const MUTANTS: Mutant[] = [
  {
    name: 'no gap detection',
    file: `${CLIENT}/inbox.ts`,
    edits: [['(!sameHistory || delta.from > inbox.cursor)', '!sameHistory']],
  },
  {
    name: 'no heartbeat',
    file: `${SERVER}/realtime/heartbeat.ts`,
    edits: [
      [
        "io.local.to(userRoom(userId)).emit('inbox:head', head);",
        'void userRoom(userId), void io, void head;',
      ],
    ],
  },
  {
    name: 'head read outside the snapshot',
    file: `${SERVER}/realtime/publisher.ts`,
    edits: [
      [
        'const room = io.to(userRoom(userId));',
        `const [head] = await store.heads([userId]);
      if (head) Object.assign(answer.delta, { to: head.seq, unread: head.unread });
      const room = io.to(userRoom(userId));`,
      ],
    ],
  },
  {
    name: '`to` ahead of the rows sent',
    file: `${SERVER}/storage/sqlite/inbox.ts`,
    edits: [
      [
        'const { items, to } = firstPage(toItems(since.all(userId, cursor.since)), seq);',
        'const [items, to] = [toItems(since.all(userId, cursor.since)).slice(0, 1), seq];',
      ],
    ],
  },
  {
    name: 'missing epoch check',
    file: `${SERVER}/storage/sqlite/inbox.ts`,
    edits: [['cursor?.epoch === epoch ?', 'cursor ?']],
  },
  {
    name: 'inbox read before joining the room',
    file: `${SERVER}/realtime/gateway.ts`,
    edits: [
      ['await socket.join([userRoom(user.id), EVERYBODY]);', ''],
      [
        'const now = new Date(clock.now()).toISOString();',
        `await socket.join([userRoom(user.id), EVERYBODY]);
    const now = new Date(clock.now()).toISOString();`,
      ],
    ],
  },
  {
    name: 'no de-duplication',
    file: `${CLIENT}/inbox.ts`,
    edits: [
      ["if (sameHistory && delta.to <= inbox.cursor && !holds) return { kind: 'stale' };", 'void holds;'],
    ],
  },
  {
    name: 'no memory of who was told of',
    file: `${CLIENT}/alerts.ts`,
    edits: [['announced.set(key, time);', '']],
  },
  {
    name: 'operation numbers not checked',
    file: `${SERVER}/storage/planLikes.ts`,
    edits: [['if (known && n <= known[1]) return false;', '']],
  },
  {
    name: 'like queue not kept to its user',
    file: `${CLIENT}/client.ts`,
    edits: [["if (user.id !== userId) return end('another user is logged in');", '']],
  },
  {
    name: 'acknowledged before the commit',
    file: `${SERVER}/likes/likeWriter.ts`,
    edits: [
      [
        'try {\n      const { outcomes',
        `for (const { request, resolve } of batch) {
      resolve({ state: { postId: request.postId, liked: request.liked, likeCount: 0, rev: 0 }, changed: true });
    }
    try {\n      const { outcomes`,
      ],
    ],
  },
  {
    name: 'session not read again after the join',
    file: `${SERVER}/realtime/gateway.ts`,
    edits: [['if (!(await sessions.living([sessionId])).has(sessionId)) {', "if (sessionId === '') {"]],
  },
  {
    name: 'counts one up, one down instead of absolute',
    file: `${CLIENT}/postLikes.ts`,
    edits: [
      [
        'known.set(postId, { ...state, likeCount, countRev: rev });',
        'known.set(postId, { ...state, likeCount: state.likeCount + Math.sign(likeCount - state.likeCount), countRev: rev });',
      ],
    ],
  },
  // Only several nodes can find these.
  {
    name: 'inboxes not told to other nodes',
    file: `${SERVER}/realtime/nodes.ts`,
    edits: [['else for (const { userId, from } of touched) inboxPace.push(userId, from);', '']],
  },
  {
    name: 'what waits forgotten with the node',
    file: `${SERVER}/realtime/live.ts`,
    edits: [['others?.flush();', '']],
  },
  {
    name: 'own likes not told to other nodes',
    file: `${SERVER}/realtime/nodes.ts`,
    edits: [["bus.tellUser(userId, { kind: 'like', state });", 'void userId;']],
  },
  {
    name: 'counts not told to other nodes',
    file: `${SERVER}/realtime/nodes.ts`,
    edits: [['if (changes.length > 0) tellCounts.request();', '']],
  },
  {
    name: 'inbox read before other nodes are heard',
    file: `${SERVER}/realtime/gateway.ts`,
    edits: [['await visit.person.heard;', '']],
  },
  {
    name: 'logout stays at its node',
    file: `${SERVER}/realtime/live.ts`,
    edits: [["bus?.tellAll({ kind: 'ended', sessionId, reason });", '']],
  },
  {
    name: 'nothing looked for when the bus is back',
    file: `${SERVER}/realtime/nodes.ts`,
    edits: [['back: () => catchUp.request()', 'back: () => void catchUp']],
  },
];

/** The source with the fault in it. */
export function mutate(source: string, { name, file, edits }: Mutant): string {
  return edits.reduce((text, [find, replace]) => {
    if (text.split(find).length !== 2) throw new Error(`${name}: "${find}" does not stand once in ${file}`);
    return text.replace(find, () => replace);
  }, source);
}
