import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RequestHandler, Router } from 'express';
import expressStaticGzip from 'express-static-gzip';
import helmet from 'helmet';
import { seemsLoggedIn } from '../auth/cookie.ts';
import { notFound } from './problem.ts';

/** Whoever is logged in will want these: a browser asks for them while the app is still on its way. */
const FIRST_POSTS = '</api/posts>; rel=preload; as=fetch; crossorigin=anonymous';

/** Whoever watches whether a server is up asks for the head alone. */
const PAGE_METHODS = new Set(['GET', 'HEAD']);

/** What no page of ours asks a browser for, and what none that is smuggled in shall get. */
const NOT_NEEDED = [
  'accelerometer',
  'bluetooth',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Headers that tell a browser to load nothing but our own files and to be framed by nobody. */
export function securityHeaders(publicUrl: string): RequestHandler[] {
  const { protocol, host } = new URL(publicUrl);
  const secure = protocol === 'https:';
  const headers = helmet({
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
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
  return [headers, permissionsPolicy];
}

const permissionsPolicy: RequestHandler = (_req, res, next) => {
  res.set('Permissions-Policy', NOT_NEEDED);
  next();
};

/**
 * The built web app in `root`; every page address answers with the app, which knows its own routes. The build has laid
 * compressed forms beside the files.
 */
export function webRoutes(root: string): Router {
  const routes = Router();
  const index = join(root, 'index.html');
  routes.use('/assets', files(join(root, 'assets'), { immutable: true, maxAge: '1y' }), notFound);
  // From the worker browsers learn of a newer version of the app.
  routes.use('/sw.js', (_req, res, next) => {
    res.set('Cache-Control', 'no-cache');
    next();
  });
  routes.use(files(root, { maxAge: '1h' }));
  routes.use((req, res, next) => {
    // `/favicon.ico`, `/.well-known/…`: a file that there is not is no page of ours.
    if (/^\/([^/]+\.\w+$|\.)/.test(req.path)) next();
    else if (!PAGE_METHODS.has(req.method) || !req.accepts('html') || !existsSync(index)) next();
    else {
      if (seemsLoggedIn(req.headers)) res.set('Link', FIRST_POSTS);
      res.vary('Cookie').set('Cache-Control', 'no-cache').sendFile(index);
    }
  });
  return routes;
}

function files(root: string, caching: { immutable?: boolean; maxAge: string }): RequestHandler {
  return expressStaticGzip(root, {
    enableBrotli: true,
    orderPreference: ['br'],
    index: false,
    serveStatic: { ...caching, index: false },
  });
}
