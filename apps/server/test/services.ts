import { findNginx } from '@live-likes/services/nginx';
import { findPostgres } from '@live-likes/services/postgres';
import { findRedis } from '@live-likes/services/redis';

/** Where a machine lacks a service its tests are left out, unless it must have it: then they fail. */
const MUST_HAVE = process.env['REQUIRE_SERVICES'] === '1';

/** Whether to run what needs a PostgreSQL. */
export const runsPostgres = MUST_HAVE || findPostgres() !== undefined;

/** Whether to run what needs all that several nodes have around them. */
export const runsCluster =
  MUST_HAVE || [findPostgres, findRedis, findNginx].every((find) => find() !== undefined);
