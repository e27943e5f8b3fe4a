/** Whom and what a campaign is for, as short as a line of a list says it. */
import type { DraftDocument } from '../programme/draft.ts';

/** `names`, `amount` and `count` are only there where the words have a place for them. */
export type Gist =
  | { readonly only: 'goods' | 'places' | 'hours' | 'tags' | 'not-tags' }
  | { readonly only: 'tiers'; readonly names: readonly string[] }
  | { readonly only: 'minimum'; readonly amount: string }
  | { readonly only: 'times'; readonly count: number };

/** Drafts may say anything. */
const AMOUNT = /^\d+(\.\d+)?$/;

export function gistOf(
  { when, audience, times }: DraftDocument['campaigns'][number],
  { levels }: Pick<DraftDocument['tiers'], 'levels'>,
): readonly Gist[] {
  const { tiers, tags, withoutTags } = audience;
  const { products, variants, collections, markets, channels } = when;
  const names = tiers.map((tier) => levels.find(({ key }) => key === tier)?.name ?? tier);
  const count = Number(times ?? 0);
  const gists: readonly (Gist | false)[] = [
    products.length + variants.length + collections.length > 0 && { only: 'goods' },
    AMOUNT.test(when.minimum) && { only: 'minimum', amount: when.minimum },
    names.length > 0 && { only: 'tiers', names },
    tags.length > 0 && { only: 'tags' },
    withoutTags.length > 0 && { only: 'not-tags' },
    markets.length + channels.length > 0 && { only: 'places' },
    (when.weekdays.length > 0 || when.fromHour !== null || when.untilHour !== null) && {
      only: 'hours',
    },
    count > 0 && { only: 'times', count },
  ];
  return gists.filter((gist) => gist !== false);
}
