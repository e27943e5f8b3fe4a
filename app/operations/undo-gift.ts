/** Takes back what of a gift nobody used: points that are left, badges, rewards that wait to be used. */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { withSurvivors } from './gift-batch.ts';
import type { LineWithMember } from './gift-batch.ts';
import { pointsGift } from './give-gift.ts';
import { badgeGift } from '../domain/badges/given.ts';
import { takeBackPoints } from '../domain/gifts/give-points.ts';
import {
  activityKey,
  readSomeActivities,
  writeActivities,
} from '../storage/activities/activities.ts';
import { nextLines, writeDone } from '../storage/gifts/gift-lines.ts';
import type { LineDone } from '../storage/gifts/gift-lines.ts';
import { isStillOurs, moveGiftOn } from '../storage/gifts/gifts.ts';
import type { StoredGift } from '../storage/gifts/gifts.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const BATCH = 200;

export async function undoGift(world: World, gift: StoredGift): Promise<void> {
  const { shopId, id } = gift;
  const now = world.now();
  await inTransaction(world.db(shopId), async (client) => {
    if (!(await isStillOurs(client, gift))) return;
    const lines = await nextLines(client, shopId, id, 'given', BATCH);
    const { theirs, refused } = await withSurvivors(client, gift, lines);
    const ids = theirs.map((line) => line.now);
    const members = await lockMembers(client, shopId, ids);
    if ([...members.values()].some(({ state }) => state === 'merged')) {
      throw new MetOthers('a member was merged away meanwhile');
    }
    const there = theirs.filter((line) => members.get(line.now)?.state === 'active');
    const all = there.flatMap((line) => members.get(line.now) ?? []);
    const taken = await takeBack(client, world, gift, { there, all, now });
    const done = theirs.map(({ line }) => undoneLine(line, taken.get(line) ?? 0));
    const gone = refused.map(({ line }) => undoneLine(line, 0));
    await writeDone(client, shopId, id, [...done, ...gone]);
    const state = lines.length < BATCH ? 'undone' : 'undoing';
    await moveGiftOn(client, gift, { state, cursor: null, looked: 0 }, new Date(now));
  });
}

interface About {
  readonly there: readonly LineWithMember[];
  readonly all: readonly StoredMember[];
  readonly now: number;
}

/** @returns by line, what was taken */
function takeBack(
  client: pg.PoolClient,
  world: World,
  gift: StoredGift,
  about: About,
): Promise<ReadonlyMap<number, number>> {
  const { content } = gift;
  switch (content.kind) {
    case 'badge':
      return withdrawBadges(client, world, gift, { ...about, badge: content.badge });
    case 'reward':
      return endRewards(client, world, gift, about);
    case 'points':
      return takePoints(client, world, gift, about);
  }
}

async function takePoints(
  client: pg.PoolClient,
  world: World,
  gift: StoredGift,
  { there, all, now }: About,
): Promise<ReadonlyMap<number, number>> {
  const { shopId } = gift;
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const byMember = new Map(there.map((line) => [line.now, line]));
  const taken = new Map<number, number>();
  const act: Act = (books, _redemptions, _grace, _decision, { memberId, awards }) => {
    const line = byMember.get(memberId);
    const points = line && pointsGift(gift, line, shop);
    if (!points) return {};
    const back = takeBackPoints(books, points, awards, now);
    taken.set(line.line, back.taken);
    return back.award ? { awards: [back.award] } : {};
  };
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    {
      ...{ changed: [], customers: new Map(), wholly: new Set<string>(), members: all, act },
    },
  );
  return taken;
}

async function withdrawBadges(
  client: pg.PoolClient,
  world: World,
  gift: StoredGift,
  { there, all, badge, now }: About & { readonly badge: string },
): Promise<ReadonlyMap<number, number>> {
  const { shopId } = gift;
  const { kind, id } = badgeGift(badge, gift.id, now);
  const wanted = there.map((line) => ({ memberId: line.now, kind, id }));
  const known = await readSomeActivities(client, shopId, wanted);
  const found = there.flatMap((line) => {
    const activity = known.get(activityKey(line.now, { kind, id }));
    return activity ? [{ line, activity: { ...activity, withdrawnAt: now } }] : [];
  });
  await writeActivities(
    client,
    shopId,
    found.map(({ line, activity }) => ({ memberId: line.now, activity })),
  );
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    {
      ...{ changed: [], customers: new Map(), wholly: new Set<string>(), members: all },
    },
  );
  return new Map(found.map(({ line }) => [line.line, 1]));
}

/** Those that nobody used yet are marked: they end in Shopify first. */
async function endRewards(
  client: pg.PoolClient,
  world: World,
  { shopId, id }: StoredGift,
  { there, all, now }: About,
): Promise<ReadonlyMap<number, number>> {
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const byMember = new Map(there.map((line) => [line.now, line.line]));
  const ended = new Map<number, number>();
  const act: Act = (_books, redemptions, _grace, _decision, { memberId }) => {
    const given = redemptions.find(({ requestKey }) => requestKey === `gift:${id}`);
    const line = byMember.get(memberId);
    if (given?.state !== 'reserved' || line === undefined) return {};
    ended.set(line, 1);
    return given.ending === null ? { redemptions: [{ ...given, ending: 'cancelled' }] } : {};
  };
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    {
      ...{ changed: [], customers: new Map(), wholly: new Set<string>(), members: all, act },
    },
  );
  return ended;
}

/** What was used stays with who used it. */
function undoneLine(line: number, taken: number): LineDone {
  return { line, refusal: null, taken, state: taken > 0 ? 'undone' : 'kept' };
}
