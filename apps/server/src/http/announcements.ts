import { audienceSchema, createAnnouncementSchema } from '@live-likes/contract';
import { Router } from 'express';
import type { Announcer } from '../announcements/announcer.ts';
import { parse } from '../errors.ts';
import { loginOf } from './guards.ts';
import { pageOf } from './page.ts';

export function announcementRoutes(announcer: Announcer): Router {
  const routes = Router();

  routes.get('/', async (req, res) => {
    res.json(await announcer.reports(loginOf(req).user, pageOf(req)));
  });

  routes.post('/audience', async (req, res) => {
    const { to } = parse(audienceSchema, req.body);
    res.json(await announcer.audience(loginOf(req).user, to));
  });

  routes.post('/', async (req, res) => {
    const announcement = parse(createAnnouncementSchema, req.body);
    res.status(201).json(await announcer.announce(loginOf(req).user, announcement));
  });

  return routes;
}
