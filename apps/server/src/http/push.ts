import { endPushSchema, ErrorCode, pushSubscriptionSchema } from '@live-likes/contract';
import { Router } from 'express';
import { parse, Refusal } from '../errors.ts';
import type { EndpointRule } from '../push/endpoint.ts';
import { subscribe } from '../push/subscribe.ts';
import type { PushStore } from '../storage/store.ts';
import { loginOf } from './guards.ts';

/** @param rule null when this server sends no pushes. */
export function pushRoutes(store: PushStore, rule: EndpointRule | null): Router {
  const routes = Router();

  routes.put('/', async (req, res) => {
    if (!rule) throw new Refusal(ErrorCode.NOT_FOUND, 'This server sends no Web Push.');
    await subscribe(store, rule, loginOf(req), parse(pushSubscriptionSchema, req.body));
    res.status(204).end();
  });

  routes.delete('/', async (req, res) => {
    await store.endPushSubscription(loginOf(req).user.id, parse(endPushSchema, req.body).endpoint);
    res.status(204).end();
  });

  return routes;
}
