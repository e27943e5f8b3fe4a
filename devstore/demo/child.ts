/** A process of ours: started, watched, its words written to a file, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const LAST_LINES = 15;
const PATIENCE_MS = 15_000;
export const root = join(import.meta.dirname, '..', '..');

export interface Child {
  name: string;
  log: string;
  pid: number;
  /** Resolves when the process has ended, with how and its last lines. */
  ended: Promise<Ending>;
  stop: () => Promise<void>;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
}

export interface Ending {
  how: string;
  ok: boolean;
  lastLines: string[];
}

export interface ChildOptions {
  name: string;
  /** What Node runs, with its arguments. */
  command: string[];
  env: Record<string, string>;
  log: string;
  onLine?: (line: string) => void;
}

export function startChild(options: ChildOptions): Child {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = createWriteStream(options.log);
  const preload = join(import.meta.dirname, 'stop-with-parent.ts');
  const child = spawn(process.execPath, ['--import', preload, ...options.command], {
    cwd: root,
    // A group of its own, for the reason that install.mjs gives.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...options.env },
  });
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) throw new Error(`${options.name} was started without pipes.`);
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      lastLines.push(line);
      if (lastLines.length > LAST_LINES) lastLines.shift();
      options.onLine?.(line);
    });
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      log.end();
      resolve({ how: signal ?? `code ${code}`, ok: code === 0, lastLines });
    });
  });
  return { ...stopping(child, ended), name: options.name, log: options.log, ended };
}

function stopping(
  child: ChildProcess,
  ended: Promise<Ending>,
): Pick<Child, 'pid' | 'stop' | 'kill'> {
  if (child.pid === undefined) throw new Error('A process was started and has no id.');
  return {
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(impatience);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Resolves when the address answers; rejects when the process ends before, or takes too long. */
export async function untilAnswering(child: Child, url: string): Promise<void> {
  await until(child, `answer at ${url}`, async () => {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status < 500;
  });
}

async function until(child: Child, what: string, check: () => Promise<boolean>): Promise<void> {
  let ending: Ending | undefined;
  void child.ended.then((end) => {
    ending = end;
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (await check().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (ending !== undefined) throw new ChildEnded(child, ending);
  }
  throw new Error(`${child.name} did not ${what} within a minute. Its log: ${child.log}`);
}

export class ChildEnded extends Error {
  constructor(child: Child, { how, lastLines }: Ending) {
    const said = lastLines.map((line) => `  ${line}`).join('\n');
    super(`${child.name} ended (${how}). Its last words, all of them in ${child.log}:\n${said}`);
  }
}
