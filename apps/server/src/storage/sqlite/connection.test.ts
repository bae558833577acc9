import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { connect, LOG_BYTES } from './connection.ts';

const directory = mkdtempSync(join(tmpdir(), 'live-likes-connection-'));
afterAll(() => rmSync(directory, { recursive: true }));

test.each([
  ['a new database', 2_048, ''],
  ['an older one with larger pages', 4_096, 'PRAGMA page_size = 4096; VACUUM'],
])('the log beside %s grows to 64 MB and no further', (_case, pageSize, making) => {
  const path = join(directory, `${pageSize}.db`);
  const before = new DatabaseSync(path);
  before.exec(making);
  before.close();
  const db = connect(path);
  expect(db.prepare('PRAGMA page_size').get()).toEqual({ page_size: pageSize });
  db.exec('CREATE TABLE filled (bytes BLOB)');
  const fill = db.prepare('INSERT INTO filled VALUES (zeroblob(?))');
  const step = LOG_BYTES / 64;
  for (let written = 0; written < 1.5 * LOG_BYTES; written += step) fill.run(step);
  const { size } = statSync(`${path}-wal`);
  db.close();
  // A page has a few bytes of the log's own, and the last step is logged whole.
  expect(size / LOG_BYTES).toBeGreaterThan(0.99);
  expect(size / LOG_BYTES).toBeLessThan(1.05);
});
