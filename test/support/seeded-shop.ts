/**
 * The demo's shop as its seed leaves it, once its metafields are written, too. Seeding takes longer than
 * most journeys: whichever test asks first makes the shop, the others wait, and each gets a copy.
 */
import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { copyOfDatabase, newDatabaseUrl } from './test-database.ts';
import { type Ground, newFolder, removeFolder, startProcesses } from './stack-processes.ts';

const SEEDED = 'laurel_seeded';
const TURN = 4_300;
const LONGEST_MS = 300_000;

/** A copy that nobody else uses. */
export async function copyOfSeededShop(name: string): Promise<Ground> {
  const seededState = join(inject('seededFolder'), 'devstore');
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TURN]);
    const found = await client.query('select 1 from pg_database where datname = $1', [SEEDED]);
    if (found.rowCount === 0) await makeSeededShop(client, seededState);
  } finally {
    await client.end();
  }
  const devstore = newFolder();
  cpSync(seededState, devstore, { recursive: true });
  return { databaseUrl: await copyOfDatabase(name, SEEDED), devstore };
}

/** The database has its name only when all is made. */
async function makeSeededShop(client: pg.Client, seededState: string): Promise<void> {
  const name = `seeding_${process.pid}`;
  const ground = { databaseUrl: await newDatabaseUrl(name, 'template'), devstore: newFolder() };
  const processes = await startProcesses('seeding', ground);
  try {
    processes.start('worker');
    // It brings the whole app with it, which those who only copy need not load.
    const { seedDemo } = await import('../../devstore/demo-seed.ts');
    await seedDemo(processes);
    await untilMirrored(ground.databaseUrl);
    await processes.stop();
    renameSync(ground.devstore, seededState);
  } finally {
    await processes.stop();
    removeFolder(ground.devstore);
  }
  await client.query(
    'select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = $1',
    [name],
  );
  await client.query(`alter database ${name} with is_template true allow_connections false`);
  await client.query(`alter database ${name} rename to ${SEEDED}`);
}

/** What each of the copies would otherwise do anew. */
async function untilMirrored(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const latest = Date.now() + LONGEST_MS;
    for (;;) {
      const { rowCount } = await client.query(
        `select 1 from effects where state = 'ready' and kind = 'mirror-member' limit 1`,
      );
      if (rowCount === 0) return;
      if (Date.now() > latest) throw new Error('Waited too long for the metafields.');
      await sleep(250);
    }
  } finally {
    await client.end();
  }
}
