/** Where one shopper stands on the boards that run. */
import type { PlayPart } from './play.ts';
import { percentile } from '../domain/leaderboards/buckets.ts';
import { shownSeason } from '../domain/leaderboards/seasons.ts';
import { shownScore } from '../domain/leaderboards/shown.ts';
import { inForce } from '../domain/programme/terms.ts';
import { shopDay } from '../domain/time/shop-time.ts';
import { readName } from '../storage/leaderboards/names.ts';
import { ranksOf, readOwn } from '../storage/leaderboards/standings.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';

export const playBoards: PlayPart = async (world, { shopId, customerId }) => {
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const now = world.now();
  const held = inForce(shop, now)?.leaderboards ?? [];
  if (held.length === 0) return { boards: [] };
  const visitor = await readVisitor(pool, shopId, customerId);
  const memberId = visitor?.state === 'active' ? visitor.memberId : null;
  const name = memberId === null ? null : await readName(pool, shopId, memberId);
  const boards = [];
  for (const { key, name: called, definition } of held) {
    const season = shownSeason(shop, key, now);
    if (!season || season.settlesAt <= now) continue;
    const own = memberId === null ? null : await readOwn(pool, shopId, season, memberId);
    const listed = own?.listed === true;
    const ranks = listed ? await ranksOf(pool, shopId, season, [own.score]) : null;
    const rank = own && (ranks?.of.get(own.score) ?? null);
    boards.push({
      ...{ key, name: called, metric: definition.kind, unit: definition.words.unit },
      ...{ season: season.season, until: shopDay(season.endsAt - 1, shop.timeZone) },
      own: own && {
        rank,
        score: shownScore(own.score, season.terms, shop.currency),
        percentile: rank && percentile(rank, ranks?.ranked ?? 0),
      },
    });
  }
  return { boards, nickname: name?.nickname ?? null };
};
