import type { z } from 'zod';
import type { Logger } from '../../log.ts';

/** Uses what another node has said. Whoever else writes to this Redis harms nobody. */
export function withNote<S extends z.ZodType>(
  log: Logger,
  schema: S,
  text: string,
  use: (note: z.infer<S>) => void,
) {
  let parsed;
  try {
    parsed = schema.safeParse(JSON.parse(text));
  } catch {
    // As below.
  }
  if (parsed?.success) use(parsed.data);
  else log.warn('a message on the bus is none of ours, and was ignored');
}
