import { dirname, posix } from 'node:path';
import ts from 'typescript';
import directions from './import-directions.json' with { type: 'json' };
import type { SourceFile } from './source-files.ts';

interface Direction {
  folders: string[];
  roots: string[];
  packages: string[];
  because: string;
}

const table: Record<string, Direction> = directions;
export const foldersOfTheTable = Object.keys(table);

/** What a file imports, as it is written there; types and dynamic imports too. */
export function importsOf({ text }: Pick<SourceFile, 'text'>): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
}

/** The name of the package, without the path in it. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** The imports of a file of app/ that go where its folder must not go. */
export function wrongDirections(file: SourceFile): string[] {
  const [top, folder] = file.path.split('/');
  const direction = folder === undefined ? undefined : table[folder];
  if (top !== 'app' || direction === undefined) return [];
  return importsOf(file)
    .filter((specifier) => !isAllowed(file, specifier, direction))
    .map((specifier) => `${file.path} imports ${specifier}. ${direction.because}`);
}

function isAllowed(file: SourceFile, specifier: string, direction: Direction): boolean {
  if (!specifier.startsWith('.')) {
    return direction.packages.some((allowed) =>
      allowed.endsWith('*')
        ? specifier.startsWith(allowed.slice(0, -1))
        : specifier === allowed || specifier.startsWith(`${allowed}/`),
    );
  }
  const [top, name, ...below] = posix.join(dirname(file.path), specifier).split('/');
  if (top !== 'app' || name === undefined) return false;
  return below.length > 0
    ? direction.folders.includes(name)
    : direction.roots.includes(name.replace(/\.tsx?$/, ''));
}
