/** `node devstore/server.ts`: the local Shopify as a process of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startDevstore } from './start.ts';

const { env } = process;
const basePort = portOf(env['LAUREL_PORT'] ?? '4300');
const devstore = await startDevstore({
  basePort,
  appUrl: env['DEVSTORE_APP_URL'] ?? `http://localhost:${basePort + 10}`,
  apiKey: env['SHOPIFY_API_KEY'] ?? 'laurel-local-client-id',
  apiSecret: env['SHOPIFY_API_SECRET'] ?? 'laurel-local-secret',
  dataDir: env['DEVSTORE_DATA_DIR'] ?? fileURLToPath(new URL('../.data/devstore', import.meta.url)),
  seed: { wholeHistory: true, plan: 'plus', months: Number(env['DEVSTORE_MONTHS'] ?? '18') },
  // Four hours of retries shrink to four minutes.
  webhooks: { timeScale: Number(env['DEVSTORE_TIME_SCALE'] ?? '0.0167') },
  bulkPause: () => sleep(120),
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

const { admin, storefront, control } = devstore.addresses;
process.stdout.write(`Admin ${admin}  Storefront ${storefront}  Control ${control}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void devstore.close().then(() => process.exit(0));
  });
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_500) return port;
  process.stderr.write(`LAUREL_PORT is ${text}, which is not a port number up to 65500.\n`);
  process.exit(1);
}
