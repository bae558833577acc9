import { join } from 'node:path';

export const PAGE = join(import.meta.dirname, '../../docs/scaling.md');

/** The page with each table between its marks. */
export function withTables(page: string, tables: Record<string, string>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
    const [before, after] = [text.indexOf(begin), text.indexOf(end)];
    if (before < 0 || after < 0) throw new Error(`${PAGE} has lost its marks ${begin} and ${end}.`);
    return `${text.slice(0, before)}${begin}\n\n${table}\n\n${text.slice(after)}`;
  }, page);
}
