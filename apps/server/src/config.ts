import { z } from 'zod';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const VITE_PORT = 5173;

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^file:./)
    .default('file:data/live-likes.db'),
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
  DEMO: z
    .enum(['0', '1'])
    .default('1')
    .transform((demo) => demo === '1'),
  ADMIN_USERS: z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim().toLowerCase()))
    .pipe(z.array(z.string().min(1)))
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

const EXPECTED: Record<keyof z.infer<typeof environment>, string> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'a host name or an address',
  DATABASE_URL: 'file:PATH (PostgreSQL is not supported yet)',
  PUBLIC_URL: 'an http or https address without a path, like https://likes.example.com',
  ALLOWED_ORIGINS: 'a comma-separated list of origins, like https://likes.example.com',
  AUTH_SECRET: 'at least 32 characters',
  DEMO: '0 or 1',
  ADMIN_USERS: 'a comma-separated list of usernames',
  LOG_LEVEL: 'one of trace, debug, info, warn, error, fatal, silent',
};

export interface Config {
  port: number;
  host: string;
  databasePath: string;
  /** Undefined: to be found beside the database. */
  authSecret: string | undefined;
  demo: boolean;
  /** Lower case. */
  adminUsers: ReadonlySet<string>;
  logLevel: string;
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
    const shown = name === 'AUTH_SECRET' ? '' : `, not "${withoutPassword(env[name] ?? '')}"`;
    throw new ConfigError(`${name} must be ${EXPECTED[name]}${shown}.`);
  }
  const values = parsed.data;
  const publicUrl = (port: number) => new URL(values.PUBLIC_URL ?? `http://localhost:${port}`).origin;
  return {
    port: values.PORT,
    host: values.HOST,
    databasePath: values.DATABASE_URL.slice('file:'.length),
    authSecret: values.AUTH_SECRET,
    demo: values.DEMO,
    adminUsers: new Set(values.ADMIN_USERS ?? (values.DEMO ? ['alice'] : [])),
    logLevel: values.LOG_LEVEL,
    publicUrl,
    allowedOrigins: (port) =>
      new Set([
        ...(values.ALLOWED_ORIGINS ?? spellings(new URL(publicUrl(port)))),
        ...(dev ? spellings(new URL(`http://localhost:${VITE_PORT}`)) : []),
      ]),
  };
}

/** The origin of `url`; of a loopback address all its names. */
function spellings(url: URL): string[] {
  if (!LOOPBACK_HOSTS.includes(url.hostname)) return [url.origin];
  return LOOPBACK_HOSTS.map((host) => new URL(`${url.protocol}//${host}:${url.port}`).origin);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function withoutPassword(value: string): string {
  return value.replace(/\/\/[^@/]*@/, '//***@');
}
