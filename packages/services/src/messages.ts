/** HTTP messages on their way through the small balancer. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** The nodes say themselves what is too large for them, of what arrives. */
const BODY_MAX_BYTES = 1024 * 1024;

/** What a node is told of a request. `isUpgrade`: it asks for a WebSocket, as others may not. */
export function headersOf({ headers, socket }: IncomingMessage, isUpgrade: boolean): IncomingHttpHeaders {
  const { connection, upgrade, ...rest } = headers;
  const before = headers['x-forwarded-for'];
  const from = socket.remoteAddress ?? '';
  return {
    ...rest,
    ...(isUpgrade && { connection, upgrade }),
    'x-forwarded-for': before === undefined ? from : `${[before].flat().join(', ')}, ${from}`,
    'x-forwarded-proto': 'http',
    'x-forwarded-host': headers.host ?? '',
  };
}

/** The whole body; undefined when it is too large, which is said once all of it has come, so that it is heard. */
export async function bodyOf(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_MAX_BYTES) chunks.push(chunk);
  }
  return bytes <= BODY_MAX_BYTES ? Buffer.concat(chunks) : undefined;
}

/** The first lines of an answer, as they came. */
export function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

interface Problem {
  status: number;
  title: string;
  code: string;
  detail: string;
  retryAfterMs?: number;
}

/** As the app says it. */
export const TOO_LARGE: Problem = {
  status: 413,
  title: 'Payload Too Large',
  code: 'INVALID',
  detail: 'The body is larger than 64 KB.',
};
export const NOBODY: Problem = {
  status: 503,
  title: 'Service Unavailable',
  code: 'UNAVAILABLE',
  detail: 'The service is away for a moment. Try again shortly.',
  retryAfterMs: 2_000,
};

/** Answers instead of a node. */
export function sendProblem(res: ServerResponse, problem: Problem) {
  const { status, retryAfterMs } = problem;
  res.writeHead(status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(retryAfterMs !== undefined && { 'retry-after': String(retryAfterMs / 1_000) }),
  });
  res.end(JSON.stringify(problem));
}
