/**
 * The end of a season, step by step. When refunds count no more, scores are closed: whatever was under
 * way is waited for, so that all ranks are of one moment. Ranks are fixed best first, in batches; then
 * whoever is promised a prize has the rank written as a fact of theirs, and the engine gives the prize.
 * Each step is a transaction that says how far it came, so a worker that dies leaves the rest to the
 * next, and nothing is given twice.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import { MIRROR_BOARDS } from './mirror-boards.ts';
import { planAt } from './plan-seasons.ts';
import { deed, takeInActivity } from '../domain/activities/activity.ts';
import type { Activity } from '../domain/activities/activity.ts';
import { lastRankOf } from '../domain/leaderboards/settings.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import {
  activityKey,
  readSomeActivities,
  writeActivities,
} from '../storage/activities/activities.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { markMoment, othersEnded } from '../storage/members/due-members.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { seasonKey } from '../storage/leaderboards/scores.ts';
import {
  AT_THE_TOP,
  isToldAndNotTakenIn,
  lockSeason,
  rankNext,
  readRanked,
  readSurvivors,
  writeStep,
} from '../storage/leaderboards/seasons.ts';
import type { FinalRank, StoredSeason } from '../storage/leaderboards/seasons.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';
import type { TermsMemory } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface Batches {
  readonly ranked: number;
  readonly given: number;
}

export const BATCHES: Batches = { ranked: 5_000, given: 200 };
const LOOK_AGAIN_MS = 1_000;

export async function settleSeason(
  world: World,
  season: StoredSeason,
  memory: TermsMemory,
  batches: Batches = BATCHES,
): Promise<void> {
  const pool = world.db(season.shopId);
  const now = world.now();
  if (season.state === 'closing') {
    await waitForOthers(pool, season, now);
    return;
  }
  await inTransaction(pool, async (client) => {
    const locked = await lockSeason(client, season);
    if (!locked) return;
    const shop = await readShopTerms(client, season.shopId, memory);
    if (locked.state === 'open') await endSeason(client, locked, shop, now);
    else if (locked.state === 'ranking') await rankSome(client, locked, now, batches.ranked);
    else if (locked.state === 'giving') await giveSome(client, locked, shop, now, batches.given);
  });
}

/** The next season begins; this one is closed when refunds count no more. */
async function endSeason(
  client: pg.PoolClient,
  season: StoredSeason,
  shop: ShopTerms,
  now: number,
): Promise<void> {
  const { shopId } = season;
  await planAt(client, shopId, shop, now);
  await wantEffects(client, shopId, [MIRROR_BOARDS, MIRROR_PROGRAMME], new Date(now));
  const planned = await lockSeason(client, season);
  if (!planned || planned.settlesAt > now) return;
  // A worker that slept takes in first what it would have taken in awake.
  if (await isToldAndNotTakenIn(client, planned)) {
    await writeStep(client, planned, { state: 'open', dueAt: new Date(now + LOOK_AGAIN_MS) });
    return;
  }
  await writeStep(client, planned, { state: 'closing', dueAt: new Date(now) });
}

/** Decisions that began before the season was closed may still write scores. */
async function waitForOthers(pool: pg.Pool, season: StoredSeason, now: number): Promise<void> {
  if (season.mark === null) {
    const mark = await markMoment(pool);
    await writeStep(pool, season, { state: 'closing', dueAt: new Date(now), mark });
  } else if (await othersEnded(pool, season.mark)) {
    const step = { state: 'ranking', dueAt: new Date(now), place: AT_THE_TOP } as const;
    await writeStep(pool, season, step);
  } else {
    await writeStep(pool, season, { state: 'closing', dueAt: new Date(now + LOOK_AGAIN_MS) });
  }
}

async function rankSome(
  client: pg.PoolClient,
  season: StoredSeason,
  now: number,
  most: number,
): Promise<void> {
  const dueAt = new Date(now);
  const place = await rankNext(client, season, most);
  if (place) {
    await writeStep(client, season, { state: 'ranking', dueAt, place });
    return;
  }
  const total = season.place.done;
  await writeStep(client, season, { state: 'giving', dueAt, total, place: AT_THE_TOP });
}

async function giveSome(
  client: pg.PoolClient,
  season: StoredSeason,
  shop: ShopTerms,
  now: number,
  most: number,
): Promise<void> {
  const { shopId, place } = season;
  const last = lastPrized(season, shop);
  const next = last === 0 ? [] : await readRanked(client, season, last, most);
  const at = new Date(now);
  const furthest = next.at(-1);
  if (!furthest) {
    await writeStep(client, season, { state: 'settled', dueAt: null });
    await wantEffects(client, shopId, [MIRROR_BOARDS], at);
    return;
  }
  await giveRanks(client, season, shop, next, now);
  const { memberId, score, rank } = furthest;
  await writeStep(client, season, {
    ...{ state: 'giving', dueAt: at },
    place: { done: place.done + next.length, rank, score, memberId },
  });
}

/** The last rank that is promised anything, by the version in force at the season's end. */
function lastPrized({ board, version, total }: StoredSeason, shop: ShopTerms): number {
  const terms = shop.versions.find((one) => one.version.version === version);
  const held = terms?.leaderboards.find(({ key }) => key === board);
  const prizes = held?.item.prizes ?? [];
  return Math.max(0, ...prizes.map((prize) => lastRankOf(prize, total ?? 0)));
}

/** Who was merged away is whom they became; who was erased is nobody. */
async function giveRanks(
  client: pg.PoolClient,
  season: StoredSeason,
  shop: ShopTerms,
  ranks: readonly FinalRank[],
  now: number,
): Promise<void> {
  const { shopId } = season;
  const survivors = await readSurvivors(
    client,
    shopId,
    ranks.map(({ memberId }) => memberId),
  );
  const reached = ranks.map(({ memberId, rank }) => {
    const whose = survivors.get(memberId) ?? memberId;
    return { memberId: whose, activity: rankReached(season, rank) };
  });
  const members = await lockMembers(
    client,
    shopId,
    reached.map(({ memberId }) => memberId),
  );
  const there = reached.filter(({ memberId }) => {
    const state = members.get(memberId)?.state;
    return state === 'active' || state === 'deleted';
  });
  const known = await readSomeActivities(
    client,
    shopId,
    there.map(({ memberId, activity: { kind, id } }) => ({ memberId, kind, id })),
  );
  const all = new Map(known);
  for (const { memberId, activity } of there) {
    const key = activityKey(memberId, activity);
    all.set(key, takeInActivity(all.get(key) ?? null, activity));
  }
  const changed = [...new Map(there.map((one) => [one.memberId, one])).values()].flatMap((one) => {
    const activity = all.get(activityKey(one.memberId, one.activity));
    return activity ? [{ memberId: one.memberId, activity }] : [];
  });
  await writeActivities(client, shopId, changed);
  const moment = { now, at: new Date(now) };
  await decideMembers(client, shopId, shop, moment, {
    ...{ changed: [], customers: new Map(), wholly: new Set<string>() },
    members: changed.flatMap(({ memberId }) => members.get(memberId) ?? []),
  });
}

function rankReached(season: StoredSeason, rank: number): Activity {
  const { board, season: name, endsAt: ended, settlesAt, total } = season;
  const content = { board, season: name, rank, of: total, ended };
  return deed('rank', seasonKey(season), settlesAt, content);
}

/** The storefront shows until when each board runs. */
const MIRROR_PROGRAMME = {
  ...{ key: 'mirror-programme', kind: 'mirror-programme', memberId: null, payload: {} },
};
