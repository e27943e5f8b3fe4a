/** Challenges and badges as a member's page shows them, as they are at this moment. */
import type { PlayPart } from './play.ts';
import { inForce } from '../domain/programme/terms.ts';
import { membersBadges, membersChallenges, roundsLimited } from '../domain/storefront/reaches.ts';
import { countJoined } from '../storage/activities/joined.ts';
import { readMemberFigures } from '../storage/members/member-figures.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';

export const playChallenges = (async (world, { shopId, customerId }) => {
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const now = world.now();
  const terms = inForce(shop, now);
  const visitor = terms && (await readVisitor(pool, shopId, customerId));
  if (!visitor || visitor.state !== 'active' || visitor.membership === 'not-joined') {
    return { challenges: [], badges: [] };
  }
  const [member] = await readMemberFigures(pool, shopId, [visitor.memberId]);
  if (!member) return { challenges: [], badges: [] };
  const joined = await countJoined(pool, shopId, roundsLimited(terms, shop.timeZone, now));
  const known = { ...shop, now, joined };
  return {
    challenges: membersChallenges(terms, member, known),
    badges: membersBadges(terms, member, known),
  };
}) satisfies PlayPart;
