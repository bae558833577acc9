import { z } from 'zod';
import { DEFAULT_RATES, LIMIT_NAMES, type LimitName, type Rate, type Rates } from './limits/rates.ts';
import { isPrivateKey, isPublicKey, isSubject, publicKeyOf, type Vapid } from './push/vapid.ts';
import { isDatabaseUrl, isRedisUrl, withoutSecrets } from './serviceUrls.ts';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const VITE_PORT = 5173;

const rateSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,4}$/)
  .transform((text): Rate => {
    const [count = 0, seconds = 0] = text.split('/').map(Number);
    return { count, seconds };
  });
type RateVariable = `LIMIT_${LimitName}`;
const rateVariable = (limit: LimitName): RateVariable => `LIMIT_${limit}`;
/** One variable per limit of rate. */
const rateVariables = Object.fromEntries(
  LIMIT_NAMES.map((limit) => [rateVariable(limit), rateSchema.default(DEFAULT_RATES[limit])]),
) as Record<RateVariable, z.ZodDefault<typeof rateSchema>>;
const RATE = 'COUNT/SECONDS, like 300/60';

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.string().refine(isDatabaseUrl).default('file:data/live-likes.db'),
  REDIS_URL: z.string().refine(isRedisUrl).optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => URL.canParse(url) && new URL(url).href === `${new URL(url).origin}/`)
    .optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.string().refine(isOrigin)))
    .optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .default(0),
  LIMITS: z.enum(['on', 'off']).default('on'),
  ...rateVariables,
  DEMO: z.enum(['0', '1']).optional(),
  ADMIN_USERS: z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim().toLowerCase()))
    .pipe(z.array(z.string().min(1)))
    .optional(),
  VAPID_PUBLIC_KEY: z.string().refine(isPublicKey).optional(),
  VAPID_PRIVATE_KEY: z.string().refine(isPrivateKey).optional(),
  VAPID_SUBJECT: z.string().refine(isSubject).optional(),
  NODE_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/)
    .optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

const EXPECTED: Record<keyof z.infer<typeof environment>, string> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'a host name or an address',
  DATABASE_URL: 'file:PATH or postgres://USER:PASSWORD@HOST/DATABASE',
  REDIS_URL: 'redis://HOST:PORT or rediss://HOST:PORT, like redis://:PASSWORD@localhost:6379/0',
  PUBLIC_URL: 'an http or https address without a path, like https://likes.example.com',
  ALLOWED_ORIGINS: 'a comma-separated list of origins, like https://likes.example.com',
  AUTH_SECRET: 'at least 32 characters',
  TRUST_PROXY: 'a number of proxies from 0 to 99',
  LIMITS: 'on or off',
  ...(Object.fromEntries(LIMIT_NAMES.map((limit) => [rateVariable(limit), RATE])) as Record<
    RateVariable,
    string
  >),
  DEMO: '0 or 1',
  ADMIN_USERS: 'a comma-separated list of usernames',
  VAPID_PUBLIC_KEY: 'a public key as `npx web-push generate-vapid-keys` makes it',
  VAPID_PRIVATE_KEY: 'a private key as `npx web-push generate-vapid-keys` makes it',
  VAPID_SUBJECT: 'a mailto: or https: address of the operator, like mailto:ops@example.com',
  NODE_ID: 'up to 32 lower-case letters, digits and hyphens, another for each node',
  METRICS_TOKEN: 'one word of letters, digits and signs',
  LOG_LEVEL: 'one of trace, debug, info, warn, error, fatal, silent',
};

const SECRETS: ReadonlySet<string> = new Set([
  'AUTH_SECRET',
  'REDIS_URL',
  'VAPID_PRIVATE_KEY',
  'METRICS_TOKEN',
]);

/** Where everything is kept, and what signs sessions. */
export type StorageConfig =
  /** Without a secret there is one beside the file. */
  | { type: 'sqlite'; path: string; authSecret: string | undefined }
  | { type: 'postgres'; url: string; authSecret: string };

export interface Config {
  port: number;
  host: string;
  storage: StorageConfig;
  /** Of the bus to the other nodes; null: this one is alone. */
  redisUrl: string | null;
  /** How many proxies stand before the server. */
  trustProxy: number;
  /** Null: no limits of rate. */
  rates: Rates | null;
  demo: boolean;
  /** Lower case. */
  adminUsers: ReadonlySet<string>;
  logLevel: string;
  /** Which of several nodes this is; null: none that a balancer tells from others. */
  nodeId: string | null;
  /** What has to be shown to read the metrics; null: nothing. */
  metricsToken: string | null;
  /** Null: no Web Push. */
  vapid: Vapid | null;
  /** The address in the browser's bar, for the port that the server really listens on. */
  publicUrl(port: number): string;
  /** The exact origins that may connect and change things. */
  allowedOrigins(port: number): ReadonlySet<string>;
}

/** A setting that cannot be used; its message is one sentence that names the variable. */
export class ConfigError extends Error {}

/** @throws {ConfigError} at the first variable with a wrong value. */
export function readConfig(env: NodeJS.ProcessEnv, dev: boolean): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]) as keyof typeof EXPECTED;
    const shown = SECRETS.has(name) ? '' : `, not "${withoutSecrets(env[name] ?? '')}"`;
    throw new ConfigError(`${name} must be ${EXPECTED[name]}${shown}.`);
  }
  const values = parsed.data;
  const storage = storageOf(values);
  const demo = values.DEMO === undefined ? storage.type === 'sqlite' : values.DEMO === '1';
  const publicUrl = (port: number) => new URL(values.PUBLIC_URL ?? `http://localhost:${port}`).origin;
  return {
    port: values.PORT,
    host: values.HOST,
    storage,
    redisUrl: values.REDIS_URL ?? null,
    trustProxy: values.TRUST_PROXY,
    rates: values.LIMITS === 'on' ? ratesOf(values) : null,
    demo,
    adminUsers: new Set(values.ADMIN_USERS ?? (demo ? ['alice'] : [])),
    logLevel: values.LOG_LEVEL,
    nodeId: values.NODE_ID ?? null,
    metricsToken: values.METRICS_TOKEN ?? null,
    vapid: vapidOf(values),
    publicUrl,
    allowedOrigins: (port) =>
      new Set([
        ...(values.ALLOWED_ORIGINS ?? spellings(new URL(publicUrl(port)))),
        ...(dev ? spellings(new URL(`http://localhost:${VITE_PORT}`)) : []),
      ]),
  };
}

/** Nodes that share a database sign sessions alike: a secret that one of them made would be the others' not. */
function storageOf({
  DATABASE_URL: url,
  AUTH_SECRET: authSecret,
}: z.infer<typeof environment>): StorageConfig {
  if (url.startsWith('file:')) return { type: 'sqlite', path: url.slice('file:'.length), authSecret };
  if (authSecret === undefined)
    throw new ConfigError(
      'AUTH_SECRET must be set, since DATABASE_URL names a PostgreSQL: all nodes on it sign sessions with the same one.',
    );
  return { type: 'postgres', url, authSecret };
}

function ratesOf(values: Record<RateVariable, Rate>): Rates {
  return Object.fromEntries(LIMIT_NAMES.map((limit) => [limit, values[rateVariable(limit)]])) as Rates;
}

const VAPID = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const;

/** All three or none. */
function vapidOf(values: Partial<Record<(typeof VAPID)[number], string | undefined>>): Vapid | null {
  const missing = VAPID.filter((name) => values[name] === undefined);
  if (missing.length === VAPID.length) return null;
  if (missing.length > 0) {
    const given = VAPID.filter((name) => values[name] !== undefined);
    const since = `since ${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'}`;
    throw new ConfigError(`${missing.join(' and ')} must be set too, ${since}: Web Push needs all three.`);
  }
  const {
    VAPID_PUBLIC_KEY: publicKey = '',
    VAPID_PRIVATE_KEY: privateKey = '',
    VAPID_SUBJECT: subject = '',
  } = values;
  if (publicKeyOf(privateKey) !== publicKey)
    throw new ConfigError('VAPID_PRIVATE_KEY must be the one that belongs to VAPID_PUBLIC_KEY.');
  return { publicKey, privateKey, subject };
}

/** The origin of `url`; of a loopback address all its names. */
function spellings(url: URL): string[] {
  if (!LOOPBACK_HOSTS.includes(url.hostname)) return [url.origin];
  return LOOPBACK_HOSTS.map((host) => new URL(`${url.protocol}//${host}:${url.port}`).origin);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
