import { createECDH } from 'node:crypto';

/** What this server names itself with to the push services (RFC 8292). Keys in base64url. */
export interface Vapid {
  publicKey: string;
  privateKey: string;
  /** Where its operator can be reached: `mailto:` or `https:`. */
  subject: string;
}

const POINT_BYTES = 65;
const UNCOMPRESSED = 4;
const PRIVATE_BYTES = 32;

/** Whether this is a point of P-256 in the one form that Web Push knows. */
export function isPublicKey(text: string): boolean {
  const bytes = bytesOf(text);
  if (bytes?.length !== POINT_BYTES || bytes[0] !== UNCOMPRESSED) return false;
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  try {
    ecdh.computeSecret(bytes);
    return true;
  } catch {
    return false;
  }
}

export function isPrivateKey(text: string): boolean {
  return publicKeyOf(text) !== null;
}

/** Null when `privateKey` is none. */
export function publicKeyOf(privateKey: string): string | null {
  const bytes = bytesOf(privateKey);
  if (bytes?.length !== PRIVATE_BYTES) return null;
  const ecdh = createECDH('prime256v1');
  try {
    ecdh.setPrivateKey(bytes);
  } catch {
    return null;
  }
  return ecdh.getPublicKey('base64url');
}

export function isSubject(text: string): boolean {
  return URL.canParse(text) && ['mailto:', 'https:'].includes(new URL(text).protocol);
}

function bytesOf(text: string): Buffer | null {
  return /^[\w-]+$/.test(text) ? Buffer.from(text, 'base64url') : null;
}
