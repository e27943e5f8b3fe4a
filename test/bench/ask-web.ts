/** Calls to the web process of a bench, over connections that stay open. */
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answered {
  readonly status: number;
  readonly text: string;
}

export type Asker = (path: string, body?: string) => Promise<Answered>;

export function askerOf(port: number): Asker {
  const agent = new Agent({ keepAlive: true });
  return (path, body) =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ agent, port, path, host: '127.0.0.1', method: body === undefined ? 'GET' : 'POST' },
          headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json' },
        },
        (told) => {
          buffer(told).then((bytes) => {
            const isJson = told.headers['content-type']?.includes('json') === true;
            const text = isJson ? bytes.toString('utf8') : '';
            resolve({ status: told.statusCode ?? 0, text });
          }, reject);
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
}

export async function untilHealthy(ask: Asker): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const told = await ask('/health').catch(() => null);
    if (told?.status === 200) return;
    await sleep(100);
  }
  throw new Error('The web process does not answer.');
}
