import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

const LENGTH = 32;

/**
 * The secret in the file at `path`, made when there is none: readable by the server's own user alone.
 *
 * @throws {Error} when the file holds no usable secret; sessions signed with less could be forged.
 */
export function keptSecret(path: string): string {
  if (!existsSync(path)) make(path);
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < LENGTH)
    throw new Error(`${path} holds no secret of at least ${LENGTH} characters; remove it`);
  return secret;
}

/** Under another name first, so that a crash leaves a whole file or none. */
function make(path: string) {
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, randomBytes(LENGTH).toString('base64url'));
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}
