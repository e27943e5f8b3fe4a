/** The next lines of a gift with the members whom they lead to, locked; and what is said of each of them. */
import type pg from 'pg';
import type { LineRefusal } from '../domain/gifts/gift.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { membersWithLines, nextLines, survivorsOf } from '../storage/gifts/gift-lines.ts';
import { writeDone } from '../storage/gifts/gift-lines.ts';
import type { LineDone, LineToDo } from '../storage/gifts/gift-lines.ts';
import { isStillOurs, moveGiftOn } from '../storage/gifts/gifts.ts';
import type { StoredGift } from '../storage/gifts/gifts.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const BATCH = 200;

/** A line with the member whom it leads to by now. */
export interface LineWithMember extends LineToDo {
  readonly now: string;
}

/** Those whom the next lines lead to, locked. */
export interface Batch {
  readonly theirs: readonly LineWithMember[];
  readonly members: ReadonlyMap<string, StoredMember>;
  readonly shop: ShopTerms;
  readonly now: number;
}

/** One transaction: what `give` gives, and what it says of each line. */
export async function nextBatch(
  world: World,
  gift: StoredGift,
  give: (client: pg.PoolClient, batch: Batch) => Promise<readonly LineDone[]>,
): Promise<void> {
  const { shopId, id } = gift;
  const now = world.now();
  await inTransaction(world.db(shopId), async (client) => {
    if (!(await isStillOurs(client, gift))) return;
    const lines = await nextLines(client, shopId, id, 'planned', BATCH);
    const { theirs, refused } = await withSurvivors(client, gift, lines);
    const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
    const members = await lockMembers(
      client,
      shopId,
      theirs.map((line) => line.now),
    );
    const done = await give(client, { theirs, members, shop, now });
    await writeDone(client, shopId, id, [...refused, ...done]);
    const state = lines.length < BATCH ? 'given' : 'running';
    await moveGiftOn(client, gift, { state, cursor: null, looked: 0 }, new Date(now));
  });
}

export function refusalOf(
  member: StoredMember | undefined,
  having: ReadonlySet<string>,
): LineRefusal | null {
  if (member?.state === 'merged') throw new MetOthers('a member was merged away meanwhile');
  if (member?.state !== 'active') return 'gone';
  if (member.membership === 'not-joined') return 'not-joined';
  return having.has(member.id) ? 'has-it' : null;
}

export function doneLine(line: number, refusal: LineRefusal | null): LineDone {
  return { line, refusal, state: refusal === null ? 'given' : 'refused', taken: null };
}

/** Who was merged away leads to the survivor, unless that one has a line of their own. */
export async function withSurvivors(
  client: pg.PoolClient,
  { shopId, id }: StoredGift,
  lines: readonly LineToDo[],
): Promise<{ readonly theirs: readonly LineWithMember[]; readonly refused: readonly LineDone[] }> {
  const kept = await survivorsOf(
    client,
    shopId,
    lines.map(({ memberId }) => memberId),
  );
  const theirs = lines.map((line) => ({ ...line, now: kept.get(line.memberId) ?? line.memberId }));
  if (kept.size === 0) return { theirs, refused: [] };
  const having = await membersWithLines(client, shopId, id, [...kept.values()]);
  const seen = new Set<string>();
  const twice = theirs.filter(({ memberId, now }) => {
    if (memberId === now) return false;
    const again = having.has(now) || seen.has(now);
    seen.add(now);
    return again;
  });
  return {
    theirs: theirs.filter((line) => !twice.includes(line)),
    refused: twice.map(({ line }) => doneLine(line, 'twice')),
  };
}
