/** Takes back what of a gift nobody used: points that are left, badges, rewards that wait to be used. */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { markEnding } from './end-reward.ts';
import { pointsGift, withSurvivors } from './give-gift.ts';
import type { LineWithMember } from './give-gift.ts';
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
import { redemptionsByKey } from '../storage/points/redemptions.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const BATCH = 200;
const REWARDS_TOGETHER = 25;

export async function undoGift(world: World, gift: StoredGift): Promise<void> {
  if (gift.content.kind === 'reward') await endRewards(world, gift);
  else await takeBack(world, gift);
}

async function takeBack(world: World, gift: StoredGift): Promise<void> {
  const { shopId, id, content } = gift;
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
    const taken =
      content.kind === 'badge'
        ? await withdrawBadges(client, world, gift, { there, all, badge: content.badge, now })
        : await takePoints(client, world, gift, { there, all, now });
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

async function endRewards(world: World, gift: StoredGift): Promise<void> {
  const { shopId, id } = gift;
  const plan = await inTransaction(world.db(shopId), async (client) => {
    if (!(await isStillOurs(client, gift))) return null;
    const lines = await nextLines(client, shopId, id, 'given', REWARDS_TOGETHER);
    const { theirs, refused } = await withSurvivors(client, gift, lines);
    const ids = theirs.map((line) => line.now);
    const known = await redemptionsByKey(client, shopId, `gift:${id}`, ids);
    return { lines, theirs, refused, known };
  });
  if (!plan) return;
  const done = plan.refused.map(({ line }) => undoneLine(line, 0));
  for (const line of plan.theirs) {
    const redemptionId = plan.known.get(line.now);
    const ended =
      redemptionId !== undefined &&
      (await markEnding(world, { shopId, redemptionId, because: 'cancelled' })).ok;
    done.push(undoneLine(line.line, ended ? 1 : 0));
  }
  await inTransaction(world.db(shopId), async (client) => {
    await writeDone(client, shopId, id, done);
    if (!(await isStillOurs(client, gift))) return;
    const state = plan.lines.length < REWARDS_TOGETHER ? 'undone' : 'undoing';
    await moveGiftOn(client, gift, { state, cursor: null, looked: 0 }, new Date(world.now()));
  });
}

/** What was used stays with who used it. */
function undoneLine(line: number, taken: number): LineDone {
  return { line, refusal: null, taken, state: taken > 0 ? 'undone' : 'kept' };
}
