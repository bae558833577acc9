const EXCERPT_LENGTH = 120;
const UNEVEN_SPACE = /\s\s|[^\S ]/;

/** The beginning of a post, on one line. */
export function toExcerpt(body: string): string {
  const line = UNEVEN_SPACE.test(body) ? body.replaceAll(/\s+/g, ' ') : body;
  // Most are short, and no text has more letters than code units.
  if (line.length <= EXCERPT_LENGTH) return line;
  const letters = Array.from(line);
  if (letters.length <= EXCERPT_LENGTH) return line;
  return `${letters
    .slice(0, EXCERPT_LENGTH - 1)
    .join('')
    .trimEnd()}…`;
}
