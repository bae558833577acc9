import { createHash, timingSafeEqual } from 'node:crypto';
import type { ErrorCode } from '@live-likes/contract';
import { type RequestHandler, Router } from 'express';
import { unauthenticated } from '../errors.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { noStore } from './guards.ts';
import { LIKE } from './limits.ts';
import { codeOf } from './problem.ts';

const NOUNS = new Set(['auth', 'posts', 'me', 'users', 'inbox', 'announcements', 'push', 'config']);
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);
const BEARER = /^bearer +(.+)$/i;

/**
 * `/metrics`, for Prometheus.
 *
 * @param token what has to be shown to read them; null: nothing.
 */
export function metricsRoutes(metrics: Metrics, token: string | null): Router {
  const routes = Router();
  routes.get('/metrics', noStore, async (req, res) => {
    const shown = BEARER.exec(req.get('Authorization') ?? '')?.[1] ?? '';
    if (token !== null && !isSame(shown, token)) {
      res.set('WWW-Authenticate', 'Bearer');
      throw unauthenticated();
    }
    res.type(metrics.contentType).send(await metrics.read());
  });
  return routes;
}

/** Takes as long wherever they differ. */
function isSame(shown: string, expected: string): boolean {
  const [a, b] = [shown, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** Counts each call when it is answered, and the likes that come over HTTP beside those of the sockets. */
export function countRequests({ tally, countRequest }: Metrics): RequestHandler {
  return (req, res, next) => {
    const { path } = req;
    res.once('finish', () => {
      const route = routeOf(path);
      countRequest(route, res.statusCode);
      if (route === 'like' && req.method !== 'GET') tally.likes[outcomeOf(res.statusCode)] += 1;
    });
    next();
  };
}

/** One of a few words, whatever address somebody makes up. */
export function routeOf(path: string): string {
  if (PROBES.has(path)) return 'probe';
  if (path.startsWith('/assets/')) return 'asset';
  const [, api, noun = ''] = path.toLowerCase().split('/', 3);
  if (api !== 'api') return 'page';
  if (LIKE.test(path.slice('/api'.length))) return 'like';
  return NOUNS.has(noun) ? noun : 'other';
}

function outcomeOf(status: number): 'ok' | ErrorCode {
  return status < 400 ? 'ok' : codeOf(status);
}
