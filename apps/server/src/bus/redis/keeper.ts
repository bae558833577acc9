import { createHash } from 'node:crypto';

/**
 * The one of the nodes that looks after a user. All nodes that know of the same ones say the same, and when one comes
 * or goes only its own users change hands.
 */
export function keeperOf(userId: string, nodes: readonly string[]): string {
  let [keeper = '', most] = [nodes[0], ''];
  if (nodes.length === 1) return keeper;
  for (const node of nodes) {
    const weight = createHash('sha1').update(`${node} ${userId}`).digest('hex');
    if (weight > most) [keeper, most] = [node, weight];
  }
  return keeper;
}
