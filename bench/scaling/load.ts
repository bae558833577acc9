/** What a node does, and is paid for in its CPU. */
export const KINDS = [
  'likes',
  'commits',
  'reads for pushes',
  'frames to authors',
  'frames of counts',
  'frames to everybody',
  'messages to the bus',
  'messages from the bus',
  'counts from the bus',
  'idle connections',
  'logins',
] as const;
export type Kind = (typeof KINDS)[number];

/** How often each is due in a second. */
export type Load = Record<Kind, number>;

export function noLoad(): Load {
  return Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Load;
}
