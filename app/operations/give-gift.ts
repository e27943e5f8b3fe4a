/**
 * Gives a gift to the next of those whom it is for. Points and badges are booked with what is said of
 * them in one transaction; a reward is given under a key of its own, so that giving it again is not.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { endOf } from './plan-gift.ts';
import { giveReward } from './redeem-reward.ts';
import type { RewardRefusal } from './redeem-reward.ts';
import { badgeGift } from '../domain/badges/given.ts';
import { givePoints } from '../domain/gifts/give-points.ts';
import type { PointsGift } from '../domain/gifts/give-points.ts';
import type { LineRefusal } from '../domain/gifts/gift.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { writeActivities } from '../storage/activities/activities.ts';
import { membersWithLines, nextLines, survivorsOf } from '../storage/gifts/gift-lines.ts';
import { writeDone } from '../storage/gifts/gift-lines.ts';
import type { LineDone, LineToDo } from '../storage/gifts/gift-lines.ts';
import { isStillOurs, moveGiftOn } from '../storage/gifts/gifts.ts';
import type { StoredGift } from '../storage/gifts/gifts.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { whoHasBadge } from '../storage/points/progress.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const BATCH = 200;
const REWARDS_TOGETHER = 25;

export async function giveGift(world: World, gift: StoredGift): Promise<void> {
  const { content } = gift;
  if (content.kind === 'reward') await giveRewards(world, gift, content.reward);
  else await giveBooked(world, gift);
}

/** A line with the member whom it leads to by now. */
export interface LineWithMember extends LineToDo {
  readonly now: string;
}

async function giveBooked(world: World, gift: StoredGift): Promise<void> {
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
    const done = await bookAll(client, gift, { theirs, members, shop, now });
    await writeDone(client, shopId, id, [...refused, ...done]);
    const state = lines.length < BATCH ? 'given' : 'running';
    await moveGiftOn(client, gift, { state, cursor: null, looked: 0 }, new Date(now));
  });
}

async function bookAll(
  client: pg.PoolClient,
  gift: StoredGift,
  about: {
    readonly theirs: readonly LineWithMember[];
    readonly members: ReadonlyMap<string, StoredMember>;
    readonly shop: ShopTerms;
    readonly now: number;
  },
): Promise<LineDone[]> {
  const { shopId, content } = gift;
  const { theirs, members, shop, now } = about;
  const badge = content.kind === 'badge' ? content.badge : null;
  const having =
    badge === null
      ? new Set<string>()
      : await whoHasBadge(client, shopId, badge, [...members.keys()]);
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

function refusalOf(
  member: StoredMember | undefined,
  having: ReadonlySet<string>,
): LineRefusal | null {
  if (member?.state === 'merged') throw new MetOthers('a member was merged away meanwhile');
  if (member?.state !== 'active') return 'gone';
  if (member.membership === 'not-joined') return 'not-joined';
  return having.has(member.id) ? 'has-it' : null;
}

function doneLine(line: number, refusal: LineRefusal | null): LineDone {
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

async function giveRewards(world: World, gift: StoredGift, rewardKey: string): Promise<void> {
  const { shopId, id, reason } = gift;
  const plan = await inTransaction(world.db(shopId), async (client) => {
    if (!(await isStillOurs(client, gift))) return null;
    const lines = await nextLines(client, shopId, id, 'planned', REWARDS_TOGETHER);
    return { lines, ...(await withSurvivors(client, gift, lines)) };
  });
  if (!plan) return;
  const done: LineDone[] = [...plan.refused];
  for (const line of plan.theirs) {
    const given = await giveReward(world, {
      ...{ shopId, memberId: line.now, rewardKey, requestKey: `gift:${id}` },
      ...{ origin: 'gift', note: reason },
    });
    done.push(doneLine(line.line, given.ok ? null : refusalBy(given.refusal)));
  }
  await inTransaction(world.db(shopId), async (client) => {
    // What was given is said also when somebody stopped the gift meanwhile.
    await writeDone(client, shopId, id, done);
    if (!(await isStillOurs(client, gift))) return;
    const state = plan.lines.length < REWARDS_TOGETHER ? 'given' : 'running';
    await moveGiftOn(client, gift, { state, cursor: null, looked: 0 }, new Date(world.now()));
  });
}

function refusalBy({ kind }: RewardRefusal): LineRefusal {
  return REFUSALS[kind] ?? 'not-offered';
}

const REFUSALS: Readonly<Partial<Record<RewardRefusal['kind'], LineRefusal>>> = {
  'unknown-member': 'gone',
  'member-gone': 'gone',
  'not-a-member': 'not-joined',
  'out-of-stock': 'out-of-stock',
};
