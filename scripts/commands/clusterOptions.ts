import { parseArgs } from 'node:util';

const NODES_MAX = 16;

export const USAGE = `Usage: npm run cluster -- [options]

  --nodes 3   server processes behind the balancer, 1 to ${NODES_MAX}

  PORT is where the balancer listens (3000). DATABASE_URL (postgres://…) and REDIS_URL name services that there are;
  without them local ones are found, or started for as long as the command runs. All other settings are those
  of the nodes; AUTH_SECRET is made for the run, and DEMO is 1 unless DATABASE_URL is set.`;

/** What is wrong with what was given, as a sentence for a person. */
export class WrongOption extends Error {}

export interface ClusterOptions {
  nodes: number;
  /** 0: any free one. */
  port: number;
}

/**
 * @returns null when help is wanted
 * @throws {WrongOption}
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): ClusterOptions | null {
  const { values } = parsed(args);
  if (values.help) return null;
  const { nodes } = values;
  if (!/^\d{1,2}$/.test(nodes) || Number(nodes) < 1 || Number(nodes) > NODES_MAX)
    throw new WrongOption(`--nodes must be a whole number from 1 to ${NODES_MAX}, not "${nodes}".`);
  const port = env['PORT'] || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new WrongOption(`PORT must be a whole number from 0 to 65535, not "${port}".`);
  const database = env['DATABASE_URL'] ?? '';
  if (database && !/^postgres(ql)?:\/\//.test(database))
    throw new WrongOption('DATABASE_URL must be postgres://…: several nodes do not share a file.');
  return { nodes: Number(nodes), port: Number(port) };
}

function parsed(args: string[]) {
  const options = {
    nodes: { type: 'string', default: '3' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args, options });
  } catch (error) {
    throw new WrongOption(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** An address as it may be shown, also when it is misspelt. The server, which scripts only start, does the same. */
export function withoutPassword(url: string): string {
  return url.replace(/(password=)[^&]*/gi, '$1***').replace(/^([a-z]+:\/\/)?.*@/is, '$1***@');
}
