/** Where `seeded-shop.ts` keeps the state of the local Shopify that is copied. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    seededFolder: string;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-seeded-'));
  project.provide('seededFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
