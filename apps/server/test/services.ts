import { findPostgres } from '@live-likes/services/postgres';

/** Where a machine lacks a service its tests are left out, unless it must have it: then they fail. */
const MUST_HAVE = process.env['REQUIRE_SERVICES'] === '1';

/** Whether to run what needs a PostgreSQL. */
export const runsPostgres = MUST_HAVE || findPostgres() !== undefined;
