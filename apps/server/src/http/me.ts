import { changeSettingsSchema, type Me } from '@live-likes/contract';
import { Router } from 'express';
import { parse } from '../errors.ts';
import type { Publish } from '../publish.ts';
import { changeSettings } from '../settings/changeSettings.ts';
import type { Store } from '../storage/store.ts';
import { loginOf } from './guards.ts';

export interface MeDeps {
  store: Store;
  publish: Publish;
  /** Usernames. */
  admins: ReadonlySet<string>;
  pushKey: string | null;
}

export function meRoutes({ store, publish, admins, pushKey }: MeDeps): Router {
  const routes = Router();

  routes.get('/', async (req, res) => {
    const { user } = loginOf(req);
    const settings = await store.settings(user.id);
    const me: Me = { user, admin: admins.has(user.username), settings, pushKey };
    res.json(me);
  });

  routes.patch('/settings', async (req, res) => {
    const changes = parse(changeSettingsSchema, req.body);
    res.json(await changeSettings(store, publish, loginOf(req).user.id, changes));
  });

  return routes;
}
