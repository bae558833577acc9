import { Router } from 'express';
import { postsOf, profileOf } from '../people/profile.ts';
import { searchPeople } from '../people/searchPeople.ts';
import type { Store } from '../storage/store.ts';
import { loginOf } from './guards.ts';
import { pageOf } from './page.ts';

/** @param admins usernames */
export function userRoutes(store: Store, admins: ReadonlySet<string>): Router {
  const routes = Router();

  routes.get('/', async (req, res) => {
    const { search } = req.query;
    const text = typeof search === 'string' ? search : '';
    res.json(await searchPeople(store, admins, loginOf(req).user, text, pageOf(req)));
  });

  routes.get('/:username', async (req, res) => {
    res.json(await profileOf(store, req.params.username));
  });

  routes.get('/:username/posts', async (req, res) => {
    res.json(await postsOf(store, req.params.username, loginOf(req).user.id, pageOf(req)));
  });

  return routes;
}
