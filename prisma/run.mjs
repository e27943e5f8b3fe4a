/**
 * `prisma <arguments>` without the download of its engines, which we do not use (see prisma.config.ts).
 * Prisma leaves the download when it is told of a file in the engine's place; any file will do.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const withoutEngines = {
  PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(import.meta.url),
  PRISMA_QUERY_ENGINE_LIBRARY: fileURLToPath(import.meta.url),
  PRISMA_ENGINES_CHECKSUM_IGNORE_MISSING: '1',
  PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
  const preload = new URL('end-when-done.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', preload, cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...withoutEngines },
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
