import { PAGE_DEFAULT, PAGE_MAX } from '@live-likes/contract';
import type { Request } from 'express';
import type { PageRequest } from '../storage/store.ts';

/** The page that the query asks for; a `limit` out of range is taken for the nearest one in it. */
export function pageOf(req: Request): PageRequest {
  const { before, limit } = req.query;
  const wanted = typeof limit === 'string' && limit !== '' ? Math.trunc(Number(limit)) : PAGE_DEFAULT;
  return {
    limit: Number.isNaN(wanted) ? PAGE_DEFAULT : Math.min(Math.max(wanted, 1), PAGE_MAX),
    ...(typeof before === 'string' && before !== '' && { before }),
  };
}
