import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushMessage, PushSubscriptionData } from '@live-likes/contract';

export interface ReceivedPush {
  message: PushMessage;
  endpoint: string;
  headers: IncomingMessage['headers'];
  /** The claims of the signed token. */
  claims: { aud: string; exp: number; sub: string };
  bytes: number;
}

/**
 * A push service and the browsers behind it: takes only what is signed with the private key of `publicKey` for this
 * very service (RFC 8292), and opens it as the browser would (RFC 8291).
 */
export async function startPushService(publicKey: string) {
  const browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>();
  const received: ReceivedPush[] = [];
  const faults: unknown[] = [];
  const answers: number[] = [];
  let attempts = 0;
  let notify = () => undefined as void;

  const server = createServer((req, res) => {
    void take(req).then(
      (push) => {
        attempts += 1;
        const status = answers.shift() ?? 201;
        if (status < 300) received.push(push);
        // Zero: no answer at all.
        if (status > 0) res.writeHead(status).end();
        notify();
      },
      (error: unknown) => {
        faults.push(error);
        res.writeHead(400).end();
        notify();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function take(req: IncomingMessage): Promise<ReceivedPush> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const endpoint = origin + req.url;
    const body = Buffer.concat(chunks);
    const browser = browsers.get(endpoint);
    if (req.method !== 'POST' || !browser) throw new Error(`${req.method} ${req.url} is no push`);
    if (req.headers['content-encoding'] !== 'aes128gcm') throw new Error('not aes128gcm');
    const claims = verified(req.headers.authorization ?? '', publicKey);
    if (claims.aud !== origin) throw new Error(`signed for ${claims.aud}`);
    const message = JSON.parse(decrypted(body, browser.ecdh, browser.auth)) as PushMessage;
    return { message, endpoint, headers: req.headers, claims, bytes: body.length };
  }

  async function until(isSo: () => boolean) {
    while (!isSo() && faults.length === 0) {
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
    }
    if (faults.length > 0)
      throw new Error('the push service was given what it cannot take', { cause: faults[0] });
  }

  return {
    received,
    /** The statuses of the next answers; then all is taken again. Zero: no answer. */
    answerWith: (...statuses: number[]) => void answers.push(...statuses),
    /** A browser that has just subscribed. */
    browser(): PushSubscriptionData {
      const ecdh = createECDH('prime256v1');
      const p256dh = ecdh.generateKeys('base64url');
      const auth = randomBytes(16);
      const endpoint = `${origin}/${randomBytes(16).toString('base64url')}`;
      browsers.set(endpoint, { ecdh, auth });
      return { endpoint, keys: { p256dh, auth: auth.toString('base64url') } };
    },
    /** The pushes taken, once there are `count` of them. */
    async pushes(count: number): Promise<ReceivedPush[]> {
      await until(() => received.length >= count);
      return received;
    },
    /** Resolves when so many were sent here, taken or not. */
    attempts: (count: number) => until(() => attempts >= count),
    /** How many were sent here so far. */
    total: () => attempts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The claims of a `vapid` authorization that was signed with our key. */
function verified(authorization: string, publicKey: string): ReceivedPush['claims'] {
  const [, token = '', key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  if (key !== publicKey) throw new Error(`signed with another key: ${authorization}`);
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), signer, Buffer.from(signature, 'base64url')))
    throw new Error('a wrong signature');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as ReceivedPush['claims'];
}

function decrypted(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const serverKey = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), serverKey]);
  const secret = derive(browser.computeSecret(serverKey), auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  return padded.subarray(0, end).toString();
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}
