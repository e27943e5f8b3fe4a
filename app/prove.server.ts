/**
 * `npm run prove -- [--shop <domain>]`: works every kept figure out again from the entries and the facts,
 * and prints what differs. Exit code 0 when nothing does, 1 when something does, 2 when it could not run.
 */
import { parseArgs } from 'node:util';
import { readConfig } from './config.server.ts';
import { PATIENT_POOL } from './db.server.ts';
import { proveShop } from './operations/prove-shop.ts';
import type { Difference } from './domain/proof/difference.ts';
import { shopsByDomain } from './queries/shop-by-domain.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

const DIFFERENT = 1;
const NOT_RUN = 2;

try {
  const { values } = parseArgs({ options: { shop: { type: 'string' } } });
  const world = makeWorld(readConfig(process.env), PATIENT_POOL);
  try {
    process.exitCode = await proveAll(world, values.shop ?? null);
  } finally {
    await world.close();
  }
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = NOT_RUN;
}

async function proveAll(world: World, domain: string | null): Promise<number> {
  const shops = await shopsByDomain(world, domain);
  if (shops.length === 0) {
    process.stderr.write(domain === null ? 'There is no shop.\n' : `There is no shop ${domain}.\n`);
    return NOT_RUN;
  }
  let different = 0;
  for (const shop of shops) {
    const totals = await proveShop(world, shop.id, {
      found: (differences) => {
        for (const one of differences) process.stdout.write(`${lineOf(shop.domain, one)}\n`);
      },
      punctual: shop.installed,
    });
    if (!totals) continue;
    different += totals.differences;
    process.stdout.write(
      `${shop.domain}: ${totals.members} members, ${totals.entries} entries, ${totals.outstanding} points outstanding: ` +
        `${totals.differences === 0 ? 'all right' : `${totals.differences} differences`}\n`,
    );
  }
  return different === 0 ? 0 : DIFFERENT;
}

function lineOf(domain: string, { law, memberId, figure, kept, proved }: Difference): string {
  const whose = memberId === null ? '' : ` member ${memberId}:`;
  return `${domain}: ${law}${whose} ${figure}: is ${kept}, should be ${proved}`;
}
