/**
 * What very many people would cost: a simulation of the fan-out with measured constants. Prints the tables of
 * `docs/scaling.md`; with `--write` it puts them there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PAGE, withTables } from './page.ts';
import { constantsTable, resultTables } from './table.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const tables = { constants: constantsTable(), results: resultTables() };
console.log(`${tables.constants}\n\n${tables.results}`);
if (values.write) writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), tables));
