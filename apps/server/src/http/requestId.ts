import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { onAccountOf } from '../log.ts';

const HEADER = 'X-Request-Id';

/** Gives each request an id of ours; what a caller calls it is not believed. */
export const requestIds: RequestHandler = (_req, res, next) => {
  const requestId = randomUUID();
  res.set(HEADER, requestId);
  onAccountOf(requestId, next);
};

export function requestIdOf(res: Response): string | undefined {
  return res.get(HEADER);
}
