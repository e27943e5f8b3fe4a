/** What the demo's merchant has on: a campaign that is over, two that run together, one that comes. */
import { programmeDocument } from '../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../app/domain/programme/document.ts';
import { addDays, startOfDay } from '../app/domain/time/shop-time.ts';
import type { Moment } from '../app/domain/time/shop-time.ts';

export interface Occasion {
  readonly now: Moment;
  readonly zone: string;
  /** As the local Shopify's control tells them. */
  readonly products: readonly { readonly id: string; readonly productType: string }[];
}

/** Orders of the past earn, too: so the first has used its budget, and the second a part of it. */
export function withCampaigns(
  document: ProgrammeDocument,
  { now, zone, products }: Occasion,
): ProgrammeDocument {
  const days = (first: number, last: number) => ({
    startsAt: new Date(startOfDay(addDays(now, first, zone), zone)).toISOString(),
    endsAt: new Date(startOfDay(addDays(now, last + 1, zone), zone)).toISOString(),
  });
  const only = (shelf: string) =>
    products.filter(({ productType }) => productType === shelf).map(({ id }) => id);
  const everybody = { tiers: [], tags: [], withoutTags: [] };
  const campaigns: ProgrammeInput['campaigns'] = [
    {
      ...{ key: 'tea-harvest', name: 'The new harvest', enabled: true, ...days(-62, -42) },
      ...{ multiplier: '3', when: { products: only('Tea') }, budgetPoints: 500 },
      audience: everybody,
    },
    {
      ...{ key: 'coffee-weeks', name: 'Coffee weeks', enabled: true, ...days(-12, 9) },
      ...{ multiplier: '2', when: { products: only('Coffee') }, budgetPoints: 1_500 },
      audience: everybody,
    },
    {
      ...{ key: 'full-baskets', name: 'Full baskets', enabled: true, ...days(-5, 3) },
      ...{ bonus: { points: 40, per: 'order' }, when: { minimum: '80' }, times: 2 },
      audience: everybody,
    },
    {
      ...{ key: 'double-points', name: 'Double points', enabled: true, ...days(6, 20) },
      ...{ multiplier: '2', audience: everybody },
    },
  ];
  return programmeDocument.parse({ ...document, campaigns });
}
