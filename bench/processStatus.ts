/** What Linux knows of a process; NaN elsewhere. */
import { existsSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Seconds of CPU that it has used so far. */
export function cpuSeconds(pid: number): number {
  return existsSync('/proc/self/stat') ? statusOf(pid).ticks / TICKS_PER_SECOND : Number.NaN;
}

/** The same, with all the processes that it has started, and those of them that have ended. */
export function cpuSecondsOfAll(pid: number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const { ticks, ticksOfEnded } = statusOf(pid);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.reduce(
    (sum, child) => sum + cpuSeconds(Number(child)),
    (ticks + ticksOfEnded) / TICKS_PER_SECOND,
  );
}

function statusOf(pid: number) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name before may hold spaces. From the third field on: user and system time are the 14th and 15th of all, and those
  // of children that have ended the 16th and 17th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return { ticks: field(14) + field(15), ticksOfEnded: field(16) + field(17) };
}

/** Resident bytes. */
export function memory(pid: number): number {
  if (!existsSync('/proc/self/status')) return Number.NaN;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}
