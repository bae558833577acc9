import { ErrorCode, MESSAGE_MAX_BYTES } from '@live-likes/contract';
import express, { type RequestHandler } from 'express';
import { Refusal } from '../errors.ts';

/** Reads a JSON body. One of another type is read too, only to bound it: no handler takes it. */
export const bodyParsers: RequestHandler[] = [
  express.json({ limit: MESSAGE_MAX_BYTES }),
  express.raw({ limit: MESSAGE_MAX_BYTES, type: (req) => req.headers['content-length'] !== '0' }),
];

const NEEDS_BODY = new Set(['/sign-up/email', '/update-user']);

/** The account library expects objects of plain values, and fails at others. */
export const flatBody: RequestHandler = (req, _res, next) => {
  if (req.body === undefined ? !NEEDS_BODY.has(req.path) : isFlat(req.body)) next();
  else next(new Refusal(ErrorCode.INVALID, 'The body must be a JSON object of plain values.'));
};

function isFlat(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || Buffer.isBuffer(body)) return false;
  return Object.values(body).every((value) => typeof value !== 'object' || value === null);
}
