/**
 * Shopify does not tell the tags with which a customer begins, and a webhook can get lost. Where the
 * tag that makes a member is another than we know, what Shopify says goes down the road of facts.
 */
import { boreTag } from '../../domain/members/tags.ts';
import { inForce } from '../../domain/programme/terms.ts';
import type { ShopTerms } from '../../domain/programme/terms.ts';
import type { MemberFigures } from '../../storage/members/member-figures.ts';
import type { World } from '../../world.ts';
import { storeFacts } from '../store-facts.ts';

export interface SeenTags {
  readonly member: MemberFigures;
  readonly tags: readonly string[];
  /** When the customer was last changed in Shopify. */
  readonly updatedAt: number;
}

export async function tellTags(
  world: World,
  shopId: string,
  shop: ShopTerms,
  seen: readonly SeenTags[],
): Promise<void> {
  const now = world.now();
  const { policy, tag } = inForce(shop, now)?.version.document.membership ?? {};
  if (policy !== 'tagged' || tag === undefined) return;
  const news = seen.filter(({ member, tags }) => {
    const bears = boreTag([[now, 'all', tags.map((one) => one.trim().toLowerCase())]], tag, now);
    return member.own && bears !== boreTag(member.tags, tag, now);
  });
  await storeFacts(
    world,
    shopId,
    news.map(({ member: { customerId }, tags, updatedAt }) => ({
      name: `tags:${customerId}:${updatedAt}`,
      subject: `customer:${customerId}`,
      facts: { kind: 'customer-tags', customerId, told: [updatedAt, 'all', tags] },
    })),
  );
}
