import { Router } from 'express';
import type { Store } from '../storage/store.ts';

/** `/healthz`: the process is alive. `/readyz`: it can serve, so a balancer may send people here. */
export function healthRoutes(store: Store, isDraining: () => boolean): Router {
  const routes = Router();

  routes.get('/healthz', (_req, res) => {
    res.json({ status: 'alive' });
  });

  routes.get('/readyz', async (_req, res) => {
    const status = isDraining()
      ? 'draining'
      : await store.ping().then(
          () => 'ready',
          () => 'without database',
        );
    res.status(status === 'ready' ? 200 : 503).json({ status });
  });

  return routes;
}
