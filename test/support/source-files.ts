import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
const folders = ['app', 'devstore', 'extensions', 'prisma', 'test'];
/** Sample bodies and pictures are not ours to style. */
const notOurs = ['test/payloads/', 'test/artifacts/'];

export interface SourceFile {
  /** From the root, with slashes. */
  path: string;
  text: string;
}

/** Every file that a person wrote, the tests included. */
export function sourceFiles(): SourceFile[] {
  const inRoot = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'package-lock.json')
    .map((entry) => entry.name);
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  return [...inRoot, ...below]
    .filter((path) => !notOurs.some((folder) => path.startsWith(folder)))
    .filter((path) => !/\.(?:png|jpg|ico|woff2?|gz|log)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export const isCode = ({ path }: SourceFile): boolean => /\.(?:ts|tsx|js|mjs)$/.test(path);
