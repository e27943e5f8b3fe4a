/** What made members of those who were merged into one, so that whoever of them joined first, both have. */
import type { JoinedWith, JoiningFacts } from './membership.ts';
import { tagsAmong, takeInTags } from './tags.ts';
import type { TagTidings } from './tags.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Leaver extends JoiningFacts {
  readonly id: string;
  readonly customerId: string | null;
}

/** Who leaves, and who had been merged into them. Of their tags those alone that make somebody a member. */
export function joinedWithBy(
  { id, customerId, customerCreatedAt, optedInAt, tags, joinedWith = [] }: Leaver,
  shop: ShopTerms,
  mergedAt: Moment,
): readonly JoinedWith[] {
  const own = { customerCreatedAt, optedInAt, tags: untilMerge(tags, shop, mergedAt) };
  return [{ memberId: id, customerId, mergedAt, ...own }, ...joinedWith];
}

/** What is told only now of a customer who was merged away. @returns the same list where it is no news */
export function toldLate(
  joinedWith: readonly JoinedWith[],
  customerId: string,
  told: { readonly createdAt: Moment | null; readonly tags: TagTidings | null },
  shop: ShopTerms,
): readonly JoinedWith[] {
  const next = joinedWith.map((one) => {
    if (one.customerId !== customerId) return one;
    const tags = told.tags ? takeInTags(one.tags, [told.tags]) : one.tags;
    return {
      ...one,
      customerCreatedAt: one.customerCreatedAt ?? told.createdAt,
      tags: untilMerge(tags, shop, one.mergedAt),
    };
  });
  return JSON.stringify(next) === JSON.stringify(joinedWith) ? joinedWith : next;
}

function untilMerge(
  tags: readonly TagTidings[],
  { versions }: ShopTerms,
  mergedAt: Moment,
): readonly TagTidings[] {
  const asked = versions.flatMap(({ version }) => {
    const { policy, tag } = version.document.membership;
    return policy === 'tagged' ? [tag] : [];
  });
  return tagsAmong(tags, asked).filter(([at]) => at <= mergedAt);
}
