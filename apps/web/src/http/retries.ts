import { ApiError } from './api.ts';

const MOST_RETRIES = 2;
const FIRST_WAIT_MS = 400;

/** What a server refuses, it refuses the next time as well; anything else may have passed by then. */
export function isWorthARetry(failures: number, error: unknown): boolean {
  const refused = error instanceof ApiError && error.status > 0 && error.status < 500;
  return failures < MOST_RETRIES && !refused;
}

/** In ms, after so many failures. */
export const waitBeforeRetry = (failures: number) => FIRST_WAIT_MS * 2 ** failures;

/** Asks up to three times. */
export async function withRetries<Answer>(ask: () => Promise<Answer>, failures = 0): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!isWorthARetry(failures, error)) throw error;
    await new Promise((resolve) => setTimeout(resolve, waitBeforeRetry(failures)));
    return withRetries(ask, failures + 1);
  }
}
