/** The local Shopify, web and worker as processes of their own, on a database and a state that are given. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { environment, origin, type Ports, portsFrom } from '../../devstore/demo/addresses.ts';
import { type Child, startChild, untilAnswering } from '../../devstore/demo/child.ts';
import { freePortsFrom } from './ports.ts';

export interface Ground {
  readonly databaseUrl: string;
  /** Where the local Shopify keeps its state, in a folder of its own. */
  readonly devstore: string;
}

export interface Processes {
  readonly ports: Ports;
  readonly databaseUrl: string;
  readonly encryptionKeys: string;
  readonly start: (name: keyof typeof ENTRIES) => Child;
  readonly stop: () => Promise<void>;
}

const ENTRIES = {
  devstore: 'devstore/server.ts',
  web: 'app/server.ts',
  worker: 'app/worker.server.ts',
};
const artifacts = join(import.meta.dirname, '..', 'artifacts');
/** The same for all: what one of them has written, another reads from its copy. */
const encryptionKeys = `test:${Buffer.alloc(32, 'laurel').toString('base64')}`;

export function newFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'laurel-stack-')), 'devstore');
}

export function removeFolder(devstore: string): void {
  rmSync(dirname(devstore), { recursive: true, force: true });
}

/** Resolves when the local Shopify and web answer. No worker runs yet. */
export async function startProcesses(name: string, ground: Ground): Promise<Processes> {
  const ports = portsFrom(await freePortsFrom((base) => Object.values(portsFrom(base))));
  const { databaseUrl } = ground;
  const env = {
    ...environment(ports, { databaseUrl, encryptionKeys }),
    DEVSTORE_DATA_DIR: ground.devstore,
    // A sixth of the demo's customers and orders is enough for what a journey sees.
    DEVSTORE_MONTHS: '3',
  };
  const children: Child[] = [];
  const start = (entry: keyof typeof ENTRIES): Child => {
    const log = join(artifacts, name, `${entry}.log`);
    const child = startChild({ name: entry, command: [ENTRIES[entry]], env, log });
    children.push(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await child.stop();
  };
  const [devstore, web] = [start('devstore'), start('web')];
  try {
    await untilAnswering(devstore, origin(ports.control));
    await untilAnswering(web, `${origin(ports.web)}/health`);
  } catch (error) {
    await stop();
    removeFolder(ground.devstore);
    throw error;
  }
  return { ports, databaseUrl, encryptionKeys, start, stop };
}
