import type { HttpProblem } from '@live-likes/contract';
import { NotSimulated } from './notSimulated.ts';

const ANSWERS_WITHIN_MS = 10_000;

/**
 * One HTTP call.
 *
 * @param cookie empty for a stranger
 * @throws {NotSimulated} when no answer comes; a refusal is an answer.
 */
export async function call(
  url: string,
  method: 'GET' | 'POST',
  path: string,
  cookie = '',
  body?: unknown,
): Promise<Response> {
  const headers = { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) };
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  const request: RequestInit = { method, headers, signal, redirect: 'manual' };
  if (body !== undefined) request.body = JSON.stringify(body);
  try {
    return await fetch(new URL(path, url), request);
  } catch {
    throw new NotSimulated(`No server answers at ${url}: start it, or name another one with --url.`);
  }
}

/** The JSON of an answer that must be a good one. */
export async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new NotSimulated(`The server refuses: ${(await refusal(response)).detail}`);
  return (await response.json()) as T;
}

/** What the server says of its refusal. */
export async function refusal(response: Response): Promise<Pick<HttpProblem, 'detail' | 'retryAfterMs'>> {
  const said = (await response.json().catch(() => null)) as (HttpProblem & { message?: string }) | null;
  const detail = said?.detail ?? said?.message ?? `it answered ${response.status}.`;
  return { detail, ...(said?.retryAfterMs !== undefined && { retryAfterMs: said.retryAfterMs }) };
}
