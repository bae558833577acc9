/** One node behind a balancer. */
export interface Node {
  /** Its `NODE_ID`: lower-case letters, digits and hyphens. */
  id: string;
  /** As `127.0.0.1:3001`. */
  address: string;
}

/** The id of a connection begins with that of the node that made it. */
const SID = /[?&]sid=([a-z0-9-]{1,32})\./;

/** To which node a request belongs; undefined when any will do. The same rule as in `nodesConf`. */
export function nodeNamedIn(url: string): string | undefined {
  return SID.exec(url)?.[1];
}

/** `nodes.conf` of nginx: which nodes there are. */
export function nodesConf(nodes: readonly Node[]): string {
  const route = ({ id }: Node) => `    "~^${id}\\." only-${id};`;
  // Out for so long after a failure: a connection that is refused costs nothing, so it is tried again soon.
  const server = ({ address }: Node) => `    server ${address} max_fails=1 fail_timeout=2s;`;
  const unmarked = ({ address }: Node) => `    server ${address} max_fails=0;`;
  const only = ({ id, address }: Node) => `
upstream only-${id} {
    zone only-${id} 64k;
    server ${address} max_fails=0;
    keepalive 32;
}
`;
  return `# Which nodes there are; each is started with its name as NODE_ID, with which the ids of its connections begin.

map $arg_sid $node {
    default nodes;
${nodes.map(route).join('\n')}
}

# What any node can do goes to the one with the fewest connections, as a node that is back has none.
upstream nodes {
    zone nodes 256k;
    least_conn;
${nodes.map(server).join('\n')}
    keepalive 64;
    # Shorter than the nodes keep an idle connection (65 s): who may still ask on it is the one to close it.
    keepalive_timeout 55s;
}

# The same nodes, for what says nothing about whether they can do the rest.
upstream any-node {
    zone any-node 64k;
    least_conn;
${nodes.map(unmarked).join('\n')}
}
${nodes.map(only).join('')}`;
}
