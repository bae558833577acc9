import { type Kysely, sql } from 'kysely';

const VERSION_MIN = 15;

interface ServerSettings {
  /** The major one. */
  version: number;
  /** `synchronous_commit`, as it is for this role and database. */
  commit: string;
}

/** @throws {Error} with one sentence, when likes would not be kept by this server as is promised. */
export async function requireFitness(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<ServerSettings>`
    SELECT current_setting('server_version_num')::int / 10000 AS version,
      current_setting('synchronous_commit') AS commit`.execute(db);
  const lack = lackOf(rows[0] as ServerSettings);
  if (lack) throw new Error(lack);
}

export function lackOf({ version, commit }: ServerSettings): string | null {
  if (version < VERSION_MIN) return `it is PostgreSQL ${version}, and ${VERSION_MIN} or newer is needed`;
  if (commit === 'off')
    return 'synchronous_commit is off for this role or database, and must be on: a crash would lose acknowledged likes';
  return null;
}
