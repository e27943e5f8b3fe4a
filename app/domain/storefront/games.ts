/** What guests see of games: prizes with their odds, ways in, and the commitment to the seed that serves. */
import type { GameTerms } from '../games/game.ts';
import { WHOLE } from '../games/draw.ts';
import { toLiquidMoney } from '../money/money.ts';
import type { ProgrammeTerms } from '../programme/terms.ts';
import { shopDay } from '../time/shop-time.ts';

/** What Shopify keeps in a metafield is limited; the rest of the programme needs its part. */
const MOST_BYTES = 16_000;

interface Committed {
  readonly epoch: string;
  readonly commit: string;
}

/** @param opened the seed that serves, by the game's key */
export function shownGames(
  terms: ProgrammeTerms | null,
  opened: ReadonlyMap<string, Committed>,
  { currency, timeZone }: { readonly currency: string; readonly timeZone: string },
): readonly Readonly<Record<string, unknown>>[] {
  let bytes = 0;
  return (terms?.games ?? []).flatMap((game) => {
    const committed = opened.get(game.key);
    if (!terms || !committed) return [];
    const whole = { ...shownGame(game, terms, currency, timeZone), ...pick(committed) };
    bytes += new TextEncoder().encode(JSON.stringify(whole)).length;
    // What does not fit any more is asked for when it is opened.
    return [bytes <= MOST_BYTES ? whole : { ...whole, words: '', prizes: [] }];
  });
}

export function shownGame(
  { key, name, definition, item, startsAt, endsAt, orderAmount }: GameTerms,
  terms: ProgrammeTerms,
  currency: string,
  timeZone: string,
): Readonly<Record<string, unknown>> {
  const { points, perOrder, tiers, free } = item.entry;
  const tierName = (tier: string): string =>
    terms.ladder.rungs.find((rung) => rung.key === tier)?.name ?? tier;
  return {
    ...{ key, name, kind: definition.kind, words: item.words },
    prizes: item.prizes.map((prize) => ({
      ...{ key: prize.key, name: prize.name },
      chance: definition.draws === 'at-once' ? { of: WHOLE, n: prize.chance } : null,
      many: prize.stock,
    })),
    entry: {
      points,
      order:
        perOrder.tickets === 0
          ? null
          : {
              tickets: perOrder.tickets,
              per: orderAmount === null ? null : toLiquidMoney(orderAmount, currency),
            },
      tiers: tiers.map(({ tier, tickets, per }) => ({ tier: tierName(tier), tickets, per })),
      free: free.times === 0 ? null : free,
    },
    mostPerDay: item.mostPerDay,
    starts: startsAt === null ? null : Math.floor(startsAt / 1_000),
    until: endsAt === null ? null : shopDay(endsAt - 1, timeZone),
  };
}

function pick({ epoch, commit }: Committed): Committed {
  return { epoch, commit };
}
