import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { notFound } from './problem.ts';

/** Headers that tell a browser to load nothing but our own files and to be framed by nobody. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const { protocol, host } = new URL(publicUrl);
  const secure = protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Some browsers do not count a WebSocket to the same host as 'self'.
        connectSrc: ["'self'", `${secure ? 'wss' : 'ws'}://${host}`],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** The built web app in `root`; every page address answers with the app, which knows its own routes. */
export function webRoutes(root: string): Router {
  const routes = Router();
  const index = join(root, 'index.html');
  routes.use(compression());
  routes.use('/assets', express.static(join(root, 'assets'), { immutable: true, maxAge: '1y' }), notFound);
  routes.use(express.static(root, { index: false, maxAge: '1h' }));
  routes.use((req, res, next) => {
    if (req.method !== 'GET' || !req.accepts('html') || !existsSync(index)) next();
    else res.set('Cache-Control', 'no-cache').sendFile(index);
  });
  return routes;
}
