import { ErrorCode, type Problem } from '@live-likes/contract';
import type { z } from 'zod';

/** A call that is refused for a reason that the caller may know. Its message is shown to people. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export const postNotFound = () => new Refusal(ErrorCode.NOT_FOUND, 'There is no such post.');
export const unauthenticated = () => new Refusal(ErrorCode.UNAUTHENTICATED, 'Log in first.');
export const unavailable = (cause: unknown) =>
  new Refusal(ErrorCode.UNAVAILABLE, 'The service cannot store anything right now. Try again shortly.', {
    retryAfterMs: 1_000,
    cause,
  });

/** What a caller is told of an error. Of one that nobody foresaw: only that there was one. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Refusal) {
    const { code, message, retryAfterMs } = error;
    return retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs };
  }
  return { code: ErrorCode.INTERNAL, message: 'Something went wrong on our side.' };
}

/** Parses what came from outside, or refuses it with one sentence that says what is wrong. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw new Refusal(ErrorCode.INVALID, `${where ? `${where}: ` : ''}${issue?.message ?? 'Invalid input'}.`);
}
