/**
 * Shows that the model check can fail: builds one fault after the other into the core, and expects that each is
 * found. Names of mutants as arguments choose some of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { MUTANTS } from './mutants.ts';

const SCHEDULES = '30000';
const here = import.meta.dirname;
const chosen = process.argv.slice(2);
const mutants = MUTANTS.filter(({ name }) => chosen.length === 0 || chosen.includes(name));

let killed = 0;
for (const { name } of mutants) {
  const args = [
    '--import',
    join(here, 'withMutant.ts'),
    join(here, 'run.ts'),
    '--schedules',
    SCHEDULES,
    '--seed',
    '1',
  ];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, MUTANT: name },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  await once(child, 'close');
  const [schedules = '', reason = ''] = output.split('\n');
  const found = schedules.includes('1 failures');
  if (found) killed += 1;
  console.log(`${found ? '✓' : '✗'} ${name}: ${found ? reason : `survived ${schedules}`}`);
}
console.log(`${killed} passed, ${mutants.length - killed} failed`);
process.exitCode = killed === mutants.length ? 0 : 1;
