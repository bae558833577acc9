/** Stands before a server and, at a moment that the test chooses, has a newer version of the app deployed on it. */
import { once } from 'node:events';
import { createServer, request, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The version as the worker has it: a hash of all files. */
const VERSION = /\b[0-9a-f]{12}\b/g;
/** A part of the app that is fetched only when it is needed, and that the newer version has no more. */
const CHUNK = /^\/assets\/zhCN-[\w-]+\.js$/;
const LISTED_CHUNK = /.\/assets\/zhCN-[\w-]+\.js.,/;

export class Deployment {
  readonly #target: string;
  readonly #listener: HttpServer;
  #newer = false;

  private constructor(target: string) {
    this.#target = target;
    this.#listener = createServer((req, res) => {
      const path = req.url ?? '/';
      const changes = this.#newer && (path === '/' || path === '/sw.js' || CHUNK.test(path));
      if (changes) {
        void this.#newerFile(path).then(({ status, type, body }) =>
          res.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache' }).end(body),
        );
        return;
      }
      const { method, headers } = req;
      const passed = request(this.#target + path, { method, headers }, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      });
      passed.on('error', () => res.destroy());
      req.pipe(passed);
    });
  }

  static async before(target: string): Promise<Deployment> {
    const deployment = new Deployment(target);
    deployment.#listener.listen(0, 'localhost');
    await once(deployment.#listener, 'listening');
    return deployment;
  }

  get url(): string {
    return `http://localhost:${(this.#listener.address() as AddressInfo).port}`;
  }

  deploysNewerVersion() {
    this.#newer = true;
  }

  async end() {
    this.#listener.closeAllConnections();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  async #newerFile(path: string) {
    if (CHUNK.test(path)) return { status: 404, type: 'text/plain', body: 'Gone' };
    const answer = await fetch(this.#target + path);
    const text = await answer.text();
    const body =
      path === '/'
        ? text.replace('<head>', '<head><meta name="version" content="newer" />')
        : text.replace(VERSION, '0'.repeat(12)).replace(LISTED_CHUNK, '');
    return { status: 200, type: answer.headers.get('content-type') ?? '', body };
  }
}
