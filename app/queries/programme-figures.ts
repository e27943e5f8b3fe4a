/**
 * Real figures from the ledger for the home page. Movements count on the day they happened, also
 * those of history that was imported later. Standing figures are kept in the members' rows.
 */
import type { FiguresAge } from '../domain/figures/figure-asks.ts';
import { addDays, shopDay, startOfDay } from '../domain/time/shop-time.ts';
import { SHOWN_DAYS } from '../storage/figures/home-figures.ts';
import type { HomeFigures, Movements } from '../storage/figures/home-figures.ts';
import { ageOf, keptFigures } from '../storage/figures/kept-figures.ts';
import type { World } from '../world.ts';

export interface ProgrammeFigures extends Omit<HomeFigures, 'moved'>, FiguresAge {
  readonly last30: Movements;
  readonly before30: Movements;
  /** The last thirty days of the shop, oldest first, quiet days included. */
  readonly days: readonly (Movements & { readonly day: string })[];
}

const NOTHING: HomeFigures = {
  ...{ members: 0, available: 0, pending: 0, debt: 0 },
  ...{ byTier: [], moved: {} },
};

export async function programmeFigures(
  world: World,
  shopId: string,
  timeZone: string,
): Promise<ProgrammeFigures> {
  const now = world.now();
  const kept = await keptFigures(world.db(shopId), shopId, { kind: 'home', timeZone }, now);
  const { moved, ...standing } = kept.figures ?? NOTHING;
  const since = addDays(startOfDay(now, timeZone), 1 - SHOWN_DAYS, timeZone);
  const days = Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = shopDay(addDays(since, index, timeZone), timeZone);
    return { day, ...(moved[day] ?? { earned: 0, takenBack: 0 }) };
  });
  const [first, before] = [since, addDays(since, -SHOWN_DAYS, timeZone)].map((at) =>
    shopDay(at, timeZone),
  ) as [string, string];
  const movedBefore = Object.entries(moved).filter(([day]) => day >= before && day < first);
  return {
    ...standing,
    ...ageOf(kept),
    days,
    last30: sum(days),
    before30: sum(movedBefore.map(([, movements]) => movements)),
  };
}

function sum(movements: readonly Movements[]): Movements {
  return {
    earned: movements.reduce((total, { earned }) => total + earned, 0),
    takenBack: movements.reduce((total, { takenBack }) => total + takenBack, 0),
  };
}
