import { inboxReadSchema } from '@live-likes/contract';
import { Router } from 'express';
import { parse } from '../errors.ts';
import { markRead } from '../inbox/markRead.ts';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';
import { loginOf } from './guards.ts';
import { pageOf } from './page.ts';

export function inboxRoutes(store: Store, publish: Publish): Router {
  const routes = Router();

  routes.get('/', async (req, res) => {
    res.json(await store.inboxPage(loginOf(req).user.id, pageOf(req)));
  });

  routes.post('/read', async (req, res) => {
    const what = parse(inboxReadSchema, req.body);
    res.json(await markRead(store, publish, loginOf(req).user.id, what));
  });

  return routes;
}
