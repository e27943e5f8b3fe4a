/** A process of the bench: it is asked by a message and answers by one. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface BenchChild {
  readonly pid: number;
  readonly ask: <Answer>(wish: object) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

export function startBenchChild(
  file: string,
  env: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): BenchChild {
  const child = fork(join(import.meta.dirname, '..', '..', file), {
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended before it answered`);
  });
  ended.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} did not start`);
  return { pid, ask: (wish) => ask(child, ended, wish), stop: () => stop(child) };
}

async function ask<Answer>(
  child: ChildProcess,
  ended: Promise<never>,
  wish: object,
): Promise<Answer> {
  const answered = new Promise<Answer>((resolve) => child.once('message', resolve));
  child.send(wish);
  return Promise.race([answered, ended]);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(impatience);
}

/** For the child's side: answers each message with what `work` makes of it, until it is told to end. */
export function answerMessages<Wish>(work: (wish: Wish) => Promise<object>): void {
  // An orderly exit writes the CPU profile, if one was asked for.
  process.once('SIGTERM', () => process.exit(0));
  process.on('message', (wish: Wish) => {
    void work(wish).then((answer) => process.send?.(answer));
  });
}
