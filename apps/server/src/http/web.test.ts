import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webRoutes } from './web.ts';

const SCRIPT = 'console.log("a like");\n'.repeat(200);
let root: string;
let server: Server;
let url: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'live-likes-web-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<title>Live Likes</title>');
  writeFileSync(join(root, 'assets/app-1.js'), SCRIPT);
  writeFileSync(join(root, 'assets/app-1.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(root, 'assets/app-1.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(root, 'sw.js'), SCRIPT);
  writeFileSync(join(root, 'sw.js.br'), brotliCompressSync(SCRIPT));
  server = createServer(express().use(webRoutes(root))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['identity', null],
])('whoever takes %s gets the script as %s, for good', async (accepted, encoding) => {
  const answer = await get('/assets/app-1.js', { 'accept-encoding': accepted });
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('vary')).toMatch(/Accept-Encoding/i);
  expect(await answer.text()).toBe(SCRIPT);
});

test('every address of a page answers with the app, which is asked for anew each time', async () => {
  for (const path of ['/', '/people/bob', '/posts/1']) {
    const answer = await get(path);
    expect(await answer.text()).toContain('<title>Live Likes</title>');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  }
});

test('of a page there is the head alone, too', async () => {
  const answer = await fetch(`${url}/posts/1`, { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect((await fetch(`${url}/posts/1`, { method: 'POST' })).status).toBe(404);
});

test('a newer worker is never kept from a browser by its cache', async () => {
  const answer = await get('/sw.js', { 'accept-encoding': 'br' });
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  expect(await answer.text()).toBe(SCRIPT);
});

test.each(['/assets/gone.js', '/x.txt', '/.well-known/x'])('%s is not there', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('who seems to be logged in is told to fetch the first posts at once, and nobody else', async () => {
  const link = async (cookie: string) => (await get('/', { cookie })).headers.get('link');
  expect(await link('live-likes.session_token=abc')).toMatch(/^<\/api\/posts>; rel=preload/);
  expect(await link('__Secure-live-likes.session_token=abc')).toMatch(/^<\/api\/posts>; rel=preload/);
  expect(await link('theme=dark')).toBeNull();
});
