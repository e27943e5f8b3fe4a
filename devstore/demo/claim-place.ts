/** The checks before anything starts: each refusal is a sentence that says what to do. */
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { commandLineOf } from '../command-line.ts';
import type { Ports } from './addresses.ts';

const NOTE = 'demo.pid';

/** Throws if a demo runs on this folder already. Answers how to give the folder back. */
export function claimFolder(folder: string): () => void {
  const note = join(folder, NOTE);
  refuseSecondDemo(note);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    // The logs are those of this run.
    rmSync(join(folder, 'logs'), { recursive: true, force: true });
    mkdirSync(join(folder, 'logs'));
  } catch (error) {
    throw new Error(
      `The demo keeps its database and logs in ${folder} and may not write there. ` +
        'Make it yours (`chown`), or delete it if another account made it.',
      { cause: error },
    );
  }
  writeFileSync(note, String(process.pid));
  return () => rmSync(note, { force: true });
}

function refuseSecondDemo(note: string): void {
  let pid: number;
  try {
    pid = Number(readFileSync(note, 'utf8'));
  } catch {
    return;
  }
  // The note outlives a demo that was killed, and its number may be another program's by now.
  if (commandLineOf(pid).includes('devstore/demo/start.ts')) {
    throw new Error(
      `A demo of this folder is already running (process ${pid}). Stop it with Ctrl-C where it runs, ` +
        `or with \`kill ${pid}\`. For a second one beside it, set LAUREL_PORT and LAUREL_DATA_DIR.`,
    );
  }
}

export async function refuseTakenPorts(ports: Ports): Promise<void> {
  for (const [what, port] of Object.entries(ports)) {
    if (await isFree(port)) continue;
    const other = ports.admin + 100 > 65_500 ? ports.admin - 100 : ports.admin + 100;
    throw new Error(
      `Port ${port}, which the demo needs for "${what}", is taken by another program. ` +
        `End that program, or start the demo elsewhere: LAUREL_PORT=${other} npm run demo`,
    );
  }
}

async function isFree(port: number): Promise<boolean> {
  // Both, because a program that listens on every address need not show on one of them.
  for (const host of ['127.0.0.1', undefined]) {
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, host, () => resolve(true));
    });
    if (!free) return false;
    await new Promise((resolve) => probe.close(resolve));
  }
  return true;
}
