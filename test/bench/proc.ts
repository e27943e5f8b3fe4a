/** What the kernel counted: the memory and the processor time of processes, read from outside. */
import { readdirSync, readFileSync } from 'node:fs';

const MS_PER_TICK = 10;

/** The most memory that the process ever had, in MB. */
export function peakMegabytes(pid: number): number {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(found?.[1] ?? 0) / 1024);
}

/** Processor time of these processes and of all that they started, ended ones too. */
export function processorMs(pids: readonly number[]): number {
  const children = runningPids().filter((pid) => pids.includes(statOf(pid)?.parent ?? 0));
  return [...pids, ...children].reduce((sum, pid) => {
    const stat = statOf(pid);
    // Who ended is counted with its parent.
    return sum + (stat ? stat.own + (pids.includes(pid) ? stat.ended : 0) : 0);
  }, 0);
}

function runningPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function statOf(pid: number): { parent: number; own: number; ended: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0] = fields.slice(1);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11);
    return {
      parent,
      own: (user + system) * MS_PER_TICK,
      ended: (endedUser + endedSystem) * MS_PER_TICK,
    };
  } catch {
    return null;
  }
}
