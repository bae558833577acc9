/**
 * A small balancer for trying out several nodes where there is no nginx: the same rule for who gets what, and nothing
 * of what a balancer in the internet needs beyond that.
 */
import { once } from 'node:events';
import {
  Agent,
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { bodyOf, headersOf, headOf, NOBODY, sendProblem, TOO_LARGE } from './messages.ts';
import { type Node, nodeNamedIn } from './nodes.ts';

const OUT_FOR_MS = 2_000;
/** What is passed on as asking for a WebSocket. Elsewhere a node hangs up on such a request, as if it had ended. */
const FOR_WEBSOCKETS = '/socket.io/';
const METRICS = /^\/metrics\/?($|\?)/i;
/** Where 503 may mean that the database is away, which it is for all nodes. */
const OF_ALL_NODES = /^\/(api\/|(healthz|readyz)\/?($|\?))/i;
/** What may be asked again, whatever became of it. */
const SAFE = new Set(['GET', 'HEAD']);

interface Upstream extends Node {
  open: number;
  outUntil: number;
  /** When it was chosen last, in turns. */
  turn: number;
}

export interface Balancer {
  url: string;
  stop(): Promise<void>;
}

/** Spreads what comes to the port over the nodes. */
export async function startBalancer(
  nodes: readonly Node[],
  { host = '127.0.0.1', port }: { host?: string; port: number },
): Promise<Balancer> {
  const upstreams = nodes.map((node): Upstream => ({ ...node, open: 0, outUntil: 0, turn: 0 }));
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let turns = 0;

  /** The best of those not yet asked. */
  function choose(url: string, asked: ReadonlySet<Upstream>): Upstream | undefined {
    const named = nodeNamedIn(url);
    const left = upstreams.filter((each) => !asked.has(each) && (named === undefined || each.id === named));
    const isOut = ({ outUntil }: Upstream) => Number(outUntil > Date.now());
    const [best] = left.toSorted((a, b) => isOut(a) - isOut(b) || a.open - b.open || a.turn - b.turn);
    if (best) best.turn = turns += 1;
    return best;
  }

  function ask(upstream: Upstream, req: IncomingMessage, keep: boolean): ClientRequest {
    const [hostname, upstreamPort] = upstream.address.split(':');
    const { method, url } = req;
    const options = { hostname, port: upstreamPort, method, path: url, headers: headersOf(req, !keep) };
    const asking = request({ ...options, agent: keep ? agent : false });
    upstream.open += 1;
    asking.once('close', () => (upstream.open -= 1));
    return asking;
  }

  async function pass(req: IncomingMessage, res: ServerResponse) {
    const { url = '/', method = 'GET' } = req;
    if (METRICS.test(url)) return void res.writeHead(404).end();
    const body = await bodyOf(req);
    if (!body) return sendProblem(res, TOO_LARGE);
    const asked = new Set<Upstream>();
    for (let next = choose(url, asked); next; next = choose(url, asked)) {
      asked.add(next);
      const asking = ask(next, req, true);
      const leave = () => asking.destroy();
      res.once('close', leave);
      try {
        asking.end(body);
        const [answer] = (await once(asking, 'response')) as [IncomingMessage];
        if (
          answer.statusCode === 503 &&
          SAFE.has(method) &&
          !OF_ALL_NODES.test(url) &&
          asked.size < upstreams.length
        ) {
          answer.resume();
          continue;
        }
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        return void answer.on('error', () => res.destroy()).pipe(res);
      } catch (error) {
        if (res.destroyed) return;
        next.outUntil = Date.now() + OUT_FOR_MS;
        // Sent once, it may have been carried out; PUT and DELETE too may be answered otherwise the second time.
        const isSent = (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED';
        if (isSent && !SAFE.has(method)) break;
      } finally {
        if (res.destroyed) asking.destroy();
      }
    }
    sendProblem(res, NOBODY);
  }

  function upgrade(req: IncomingMessage, client: Duplex, asked = new Set<Upstream>()) {
    const next = choose(req.url ?? '/', asked);
    if (!next) return void client.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    asked.add(next);
    const asking = ask(next, req, false);
    client.once('close', () => asking.destroy());
    asking.on('error', () => {
      next.outUntil = Date.now() + OUT_FOR_MS;
      if (!client.destroyed) upgrade(req, client, asked);
    });
    asking.on('response', (answer) => {
      if (answer.statusCode === 503) {
        answer.resume();
        upgrade(req, client, asked);
      } else {
        client.write(headOf(answer));
        answer.pipe(client);
      }
    });
    asking.on('upgrade', (answer, node, first) => {
      next.open += 1;
      node.once('close', () => (next.open -= 1));
      client.write(headOf(answer));
      client.write(first);
      for (const [from, to] of [
        [node, client],
        [client, node],
      ] as const) {
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.once('close', () => to.destroy());
      }
    });
    asking.end();
  }

  const shouldUpgradeCallback = ({ url = '/', headers }: IncomingMessage) =>
    url.startsWith(FOR_WEBSOCKETS) && headers.upgrade?.toLowerCase() === 'websocket';
  const server = createServer(
    { shouldUpgradeCallback },
    (req, res) => void pass(req, res).catch(() => res.destroy()),
  );
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (req: IncomingMessage, client: Duplex) => upgrade(req, client));
  server.listen({ host, port, backlog: 4_096 });
  await once(server, 'listening');
  return {
    url: `http://${host}:${port}`,
    async stop() {
      server.close();
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      if (sockets.size > 0) await once(server, 'close');
    },
  };
}
