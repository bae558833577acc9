import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { unavailable } from '../../errors.ts';

/** Longest waits, in milliseconds: each inside the one below, so that what failed says why. */
const LOCK_WAIT_MS = 1_000;
export const STATEMENT_MS = 2_500;
const ANSWER_MS = 3_000;
/** For a connection, new or free. */
const CONNECT_MS = 2_000;
/** The server undoes what a process holds that hangs in the middle of a transaction. */
const IDLE_IN_TRANSACTION_MS = 5_000;
const CONNECTIONS = 10;

/**
 * A statement is planned once per connection, perhaps while the tables are small or empty, and kept. All of ours look up
 * rows by an index, however large the tables get; and to compile one takes a thousand times as long as to run it.
 */
const PLANNING = ['jit=off', 'plan_cache_mode=force_generic_plan'].concat(
  ['seqscan', 'hashjoin', 'mergejoin'].map((way) => `enable_${way}=off`),
);

/** Two transactions that got in each other's way: the same again finds the way free. */
const IN_THE_WAY = new Set(['40001', '40P01']);
const ATTEMPTS = 5;
const AGAIN_WITHIN_MS = 20;

/** Classes of SQLSTATE that speak of the server, the connection or a lock, not of our statements. */
const STORAGE_FAULTS = new Set(['08', '28', '3D', '40', '53', '55', '57', '58', 'F0', 'XX']);
/** A server that only reads, as one does that stands in for another. */
const READ_ONLY = '25006';

/** How to reach the database at `url`. Numbers stay below 2^53, and come as such. */
export function connectionTo(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'live-likes',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    types: {
      getTypeParser: (oid, format) =>
        oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
    },
  };
}

/** What gives connections, which their users release. */
export interface Connections {
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    ...connectionTo(url),
    max: CONNECTIONS,
    // Statements that do not need each other's answers travel together.
    pipeline: true,
    options: PLANNING.map((setting) => `-c ${setting}`).join(' '),
    lock_timeout: LOCK_WAIT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  });
  // Whoever waits for a connection learns of its end; an idle one is replaced.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}

/** Prepared once per connection under its name. */
export interface Statement {
  name: string;
  text: string;
}

/**
 * Equal, for a column with an index and one of few rows: with `=` the planner could begin with all rows of a small table,
 * and go on so when it is a large one.
 */
export const same = (column: string, value: string) => `${column} BETWEEN ${value} AND ${value}`;

export interface Transaction {
  /** Those that are asked for before the first is awaited go to the server together, and run in their order. */
  rows<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /** For the last ones, whose answers nobody needs: they travel with the commit. Their failure undoes all. */
  send(statement: Statement, values: unknown[]): void;
}

export interface Database {
  /** Runs one statement, which sees one snapshot. */
  rows<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /**
   * Runs `work` as one transaction, each statement of which sees what was committed before it began; nothing of it
   * stays when it throws. It is run again where another transaction was in its way.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

const BEGIN: Statement = { name: 'begin', text: 'BEGIN' };
const COMMIT: Statement = { name: 'commit', text: 'COMMIT' };
const ROLLBACK: Statement = { name: 'rollback', text: 'ROLLBACK' };

/** Everything that it does turns a fault of the storage into `UNAVAILABLE`. */
export function databaseOver(connections: Pick<Connections, 'connect'>): Database {
  async function onConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await connections.connect();
    let broken = true;
    try {
      const result = await work(client);
      broken = false;
      return result;
    } catch (error) {
      // What the server refused leaves the connection as good as before, outside of a transaction; unless it is the wrong
      // server by now, as after a failover.
      broken =
        !(error instanceof pg.DatabaseError) ||
        stateOf(error) === READ_ONLY ||
        !(await client.query(ROLLBACK).then(yes, no));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  const once = <T>(work: (tx: Transaction) => Promise<T>) =>
    onConnection(async (client) => {
      const sent: Promise<pg.QueryResult>[] = [];
      const send = (statement: Statement, values: unknown[] = []) => {
        const answer = client.query<never>({ ...statement, values });
        // Several may fail; the first is awaited below.
        answer.catch(no);
        sent.push(answer);
        return answer;
      };
      try {
        void send(BEGIN);
        const result = await work({
          rows: async (statement, values) => (await send(statement, values)).rows,
          send: (statement, values) => void send(statement, values),
        });
        const committed = send(COMMIT);
        await Promise.all(sent);
        if ((await committed).command !== 'COMMIT') throw new Error('The transaction was rolled back.');
        return result;
      } catch (error) {
        await Promise.allSettled(sent);
        throw error;
      }
    });

  return {
    rows: <Row>(statement: Statement, values: unknown[]) =>
      guarded(
        async () => (await onConnection((client) => client.query({ ...statement, values }))).rows as Row[],
      ),

    transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
      guarded(async () => {
        for (let attempt = 1; ; attempt += 1) {
          try {
            return await once(work);
          } catch (error) {
            if (attempt === ATTEMPTS || !IN_THE_WAY.has(stateOf(error))) throw error;
          }
          await sleep(Math.random() * AGAIN_WITHIN_MS);
        }
      }),
  };
}

/** Runs `work`, and turns a fault of the storage into `UNAVAILABLE`. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isStorageFault(error) ? unavailable(error) : error;
  }
}

function isStorageFault(error: unknown): boolean {
  if (error instanceof pg.DatabaseError)
    return STORAGE_FAULTS.has(stateOf(error).slice(0, 2)) || error.code === READ_ONLY;
  // Of the driver: the connection was refused, has ended, or did not answer in time.
  return (
    error instanceof Error && (('syscall' in error && 'code' in error) || DRIVER_FAULT.test(error.message))
  );
}

const DRIVER_FAULT =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (was closed|has encountered)|Cannot use a pool|The server does not support|The transaction was rolled back)/;

/** Of an error of the server its SQLSTATE, else nothing. */
function stateOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : '';
}

const yes = () => true;
const no = () => false;
