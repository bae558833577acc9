import { MESSAGE_MAX_BYTES } from '@live-likes/contract';
import express, { type RequestHandler } from 'express';

/** Reads a JSON body. One of another type is read too, only to bound it: no handler takes it. */
export const bodyParsers: RequestHandler[] = [
  express.json({ limit: MESSAGE_MAX_BYTES }),
  express.raw({ limit: MESSAGE_MAX_BYTES, type: (req) => req.headers['content-length'] !== '0' }),
];
