/** What must be made from the sources before anything can start, and is made again when they changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ChildEnded, root, startChild } from './child.ts';

type Name = 'database client' | 'pages';

interface Product {
  name: Name;
  /** Files and folders, from the root. */
  from: string[];
  /** Exists if the product does. */
  result: string;
  /** A file beside the result that remembers what it was made from. */
  stamp: string;
  command: string[];
  env: Record<string, string>;
}

const products: Product[] = [
  {
    name: 'database client',
    from: ['prisma/schema.prisma', 'package-lock.json'],
    result: 'node_modules/.prisma/client/index.js',
    stamp: 'node_modules/.prisma/laurel-made-from',
    command: ['prisma/run.mjs', 'generate', '--no-hints'],
    env: {},
  },
  {
    name: 'pages',
    from: ['app', 'public', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'],
    result: 'build/server/index.js',
    stamp: 'build/laurel-made-from',
    command: ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build'],
    env: { NODE_ENV: 'production' },
  },
];

/** Makes `names` where they are missing or old. `say` is called with each that has to be made. */
export async function prepare(
  logs: string,
  names: Name[],
  say: (name: Name) => void,
): Promise<void> {
  for (const product of products.filter(({ name }) => names.includes(name))) {
    const sources = fingerprint(product.from);
    const stamp = join(root, product.stamp);
    const fresh =
      existsSync(join(root, product.result)) &&
      existsSync(stamp) &&
      readFileSync(stamp, 'utf8') === sources;
    if (fresh) continue;
    say(product.name);
    await make(product, logs);
    writeFileSync(stamp, sources);
  }
}

async function make(product: Product, logs: string): Promise<void> {
  const log = join(logs, `make-${product.name.replaceAll(' ', '-')}.log`);
  const child = startChild({ ...product, log });
  const stopHere = (): void => void child.kill();
  process.once('exit', stopHere);
  const ending = await child.ended;
  process.off('exit', stopHere);
  if (!ending.ok) throw new ChildEnded(child, ending);
}

function fingerprint(paths: string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.map((path) => join(root, path)).flatMap(filesBelow)) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
