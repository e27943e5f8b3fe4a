/**
 * `npm run rebuild -- --shop <domain> [--member <id>] [--after <id>]`: writes balances, lots, awards, tiers,
 * progress and dates again from the entries and the facts, where they differ, and prints what it mended. Exit code 0
 * when nothing is left that differs, 1 when something is, 2 when it could not run.
 */
import { parseArgs } from 'node:util';
import { readConfig } from './config.server.ts';
import { PATIENT_POOL } from './db.server.ts';
import { rebuildMembers } from './operations/rebuild-members.ts';
import { shopsByDomain } from './queries/shop-by-domain.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

const LEFT = 1;
const NOT_RUN = 2;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

try {
  const { values } = parseArgs({
    options: { shop: { type: 'string' }, member: { type: 'string' }, after: { type: 'string' } },
  });
  const world = makeWorld(readConfig(process.env), PATIENT_POOL);
  try {
    process.exitCode = await rebuild(world, values);
  } finally {
    await world.close();
  }
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = NOT_RUN;
}

interface Asked {
  readonly shop?: string | undefined;
  readonly member?: string | undefined;
  readonly after?: string | undefined;
}

async function rebuild(world: World, { shop: domain, member, after }: Asked): Promise<number> {
  if (domain === undefined) return refuse('Say which shop: --shop <domain>.');
  for (const id of [member, after]) {
    if (id !== undefined && !UUID.test(id)) return refuse(`${id} is no member's id.`);
  }
  const [shop] = await shopsByDomain(world, domain);
  if (!shop) return refuse(`There is no shop ${domain}.`);
  let reached = after ?? null;
  try {
    const { members, mended, left } = await rebuildMembers(world, shop.id, {
      ...(member !== undefined && { memberId: member }),
      ...(after !== undefined && { after }),
      told: (done, open) => {
        for (const { law, memberId, figure, kept, proved } of done)
          say(`mended ${law} member ${memberId}: ${figure}: was ${kept}, is ${proved}`);
        for (const { law, memberId, figure, kept, proved } of open)
          say(`left ${law} member ${memberId}: ${figure}: is ${kept}, should be ${proved}`);
      },
      reached: (memberId) => {
        reached = memberId;
      },
    });
    if (member !== undefined && members === 0) return refuse(`${domain} has no member ${member}.`);
    say(`${domain}: ${members} members, ${mended} differences mended, ${left} left`);
    return left === 0 ? 0 : LEFT;
  } catch (fault) {
    if (reached !== null) process.stderr.write(`Go on with --after ${reached}\n`);
    throw fault;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return NOT_RUN;
}
