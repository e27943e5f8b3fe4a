/**
 * Gives a gift to the next of those whom it is for: what is given and what is said of it are one
 * transaction, so a worker that dies leaves every line either given or to be given.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { doneLine, nextBatch, refusalOf } from './gift-batch.ts';
import type { Batch } from './gift-batch.ts';
import { endOf } from './plan-gift.ts';
import { giveRewards } from './give-rewards.ts';
import { badgeGift, rowOfBadge } from '../domain/badges/given.ts';
import { givePoints } from '../domain/gifts/give-points.ts';
import type { PointsGift } from '../domain/gifts/give-points.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { writeActivities } from '../storage/activities/activities.ts';
import type { LineDone, LineToDo } from '../storage/gifts/gift-lines.ts';
import type { StoredGift } from '../storage/gifts/gifts.ts';
import { whoHasBadge } from '../storage/points/progress.ts';
import type { World } from '../world.ts';

export async function giveGift(world: World, gift: StoredGift): Promise<void> {
  const { content } = gift;
  if (content.kind === 'reward') await giveRewards(world, gift, content.reward);
  else await giveBooked(world, gift);
}

async function giveBooked(world: World, gift: StoredGift): Promise<void> {
  await nextBatch(world, gift, (client, batch) => bookAll(client, gift, batch));
}

async function bookAll(
  client: pg.PoolClient,
  gift: StoredGift,
  { theirs, members, shop, now }: Batch,
): Promise<LineDone[]> {
  const { shopId, content } = gift;
  const badge = content.kind === 'badge' ? content.badge : null;
  const having =
    badge === null
      ? new Set<string>()
      : await whoHasBadge(client, shopId, rowOfBadge(badge, shop, now), [...members.keys()]);
  const refusals = new Map(
    theirs.map((line) => [line.line, refusalOf(members.get(line.now), having)]),
  );
  const given = theirs.filter(({ line }) => refusals.get(line) === null);
  const giftOf = new Map(given.map((line) => [line.now, pointsGift(gift, line, shop)]));
  if (badge !== null) {
    const activity = badgeGift(badge, gift.id, now);
    const rows = given.map((line) => ({ memberId: line.now, activity }));
    await writeActivities(client, shopId, rows);
  }
  const act: Act = (books, _redemptions, _grace, _decision, { memberId }) => {
    const points = giftOf.get(memberId);
    return points ? { awards: [givePoints(books, points, now)] } : {};
  };
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    {
      ...{ changed: [], customers: new Map(), wholly: new Set<string>() },
      members: given.flatMap((line) => members.get(line.now) ?? []),
      ...(content.kind === 'points' && { act }),
    },
  );
  return theirs.map(({ line }) => doneLine(line, refusals.get(line) ?? null));
}

/** Null for a gift that is no points. */
export function pointsGift(
  { id, reason, content }: StoredGift,
  { memberId, points }: LineToDo,
  { timeZone }: Pick<ShopTerms, 'timeZone'>,
): PointsGift | null {
  if (content.kind !== 'points') return null;
  return {
    ...{ giftId: id, memberId, reason, points: points ?? content.points },
    end: content.lastDay === null ? null : endOf(content.lastDay, timeZone),
  };
}
