import { readFileSync } from 'node:fs';

/*
 * Loaded into a server before everything else: on SIGUSR2 its clock goes wrong by as many milliseconds
 * as the file says. Timers go on as before, as they do when an operator sets a computer's clock.
 */

const RealDate = Date;
let movedBy = 0;

class MovedDate extends RealDate {
  constructor(...given: [] | [string | number | Date]) {
    if (given.length === 0) super(MovedDate.now());
    else super(...(given as [string]));
  }

  static override now(): number {
    return RealDate.now() + movedBy;
  }
}

globalThis.Date = MovedDate as DateConstructor;
process.on('SIGUSR2', () => {
  movedBy = Number(readFileSync(process.env['CLOCK_FILE'] ?? '', 'utf8'));
  process.stdout.write('The clock was moved.\n');
});
