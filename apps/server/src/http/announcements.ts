import { createAnnouncementSchema } from '@live-likes/contract';
import { Router } from 'express';
import type { Announcer } from '../announcements/announcer.ts';
import { parse } from '../errors.ts';
import { loginOf } from './guards.ts';

export function announcementRoutes(announcer: Announcer): Router {
  const routes = Router();

  routes.post('/', async (req, res) => {
    const announcement = parse(createAnnouncementSchema, req.body);
    res.status(201).json(await announcer.announce(loginOf(req).user, announcement));
  });

  return routes;
}
