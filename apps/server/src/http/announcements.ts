import { createAnnouncementSchema } from '@live-likes/contract';
import { Router } from 'express';
import { announce } from '../announcements/announce.ts';
import { parse } from '../errors.ts';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';
import { loginOf } from './guards.ts';

export function announcementRoutes(store: Store, publish: Publish, admins: ReadonlySet<string>): Router {
  const routes = Router();

  routes.post('/', async (req, res) => {
    const announcement = parse(createAnnouncementSchema, req.body);
    res.status(201).json(await announce(store, publish, admins, loginOf(req).user, announcement));
  });

  return routes;
}
