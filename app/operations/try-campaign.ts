/**
 * One batch of a campaign's trial: members whose whole history is decided under the draft as if it had
 * always been in force, with the campaign running for the last days. Reads only.
 */
import type pg from 'pg';
import type { Drawn, DrawnInOne } from '../domain/back-test/drawn.ts';
import { asIfRunning } from '../domain/campaigns/campaign-tally.ts';
import type { Added, CampaignTrial, TriedDays } from '../domain/campaigns/campaign-tally.ts';
import { isFor } from '../domain/campaigns/campaign.ts';
import type { CampaignTerms } from '../domain/campaigns/campaign.ts';
import { addedBy } from '../domain/campaigns/turns.ts';
import { boreTag } from '../domain/members/tags.ts';
import type { Award } from '../domain/points/awards.ts';
import type { ProgrammeDocument } from '../domain/programme/document.ts';
import { termsOf } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { addDays } from '../domain/time/shop-time.ts';
import { readMembersAfter } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readPlaces } from '../storage/memberships/places.ts';
import { membersWhoBought } from '../storage/orders/who-bought.ts';
import { proposeChanges } from './decide-members.ts';
import { NOBODY_YET, purseOf, whole } from './try-draft.ts';

export interface CampaignBatch {
  readonly trials: readonly CampaignTrial[];
  /** The last member of the batch; null when there are no more. */
  readonly cursor: string | null;
  readonly drawn: Drawn;
}

export interface CampaignAsked {
  readonly document: ProgrammeDocument;
  readonly campaignKey: string;
  readonly now: number;
  readonly after: string | null;
  readonly most: number;
  /** What the members before them drew: `before` in 30 days, `after` in 90. */
  readonly drawn: Drawn;
}

export async function tryCampaign(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  asked: CampaignAsked,
): Promise<CampaignBatch> {
  const { campaignKey, now, most, drawn } = asked;
  const members = await readMembersAfter(client, shopId, asked.after ?? NOBODY_YET, most);
  const active = members.filter(({ state }) => state === 'active');
  const campaign = termsFor(90, shop, asked).versions[0]?.campaigns.find(
    ({ key }) => key === campaignKey,
  );
  const concerned = campaign
    ? await whoMayBeTouched(client, shopId, shop, campaign, active, now)
    : [];
  const [in30, in90] = [
    await added(client, shopId, termsFor(30, shop, asked), asked, concerned, drawn.before),
    await added(client, shopId, termsFor(90, shop, asked), asked, concerned, drawn.after),
  ];
  return {
    trials: active.map((member) => ({
      inAudience: campaign !== undefined && isInAudience(campaign, member, now),
      added: {
        30: in30.byMember.get(member.id) ?? NOTHING,
        90: in90.byMember.get(member.id) ?? NOTHING,
      },
    })),
    cursor: members.length < most ? null : (members.at(-1)?.id ?? null),
    drawn: { before: in30.drawn, after: in90.drawn, published: {} },
  };
}

const NOTHING: Added = { points: 0, orders: 0 };

function termsFor(
  days: TriedDays,
  shop: ShopTerms,
  { document, campaignKey, now }: CampaignAsked,
): ShopTerms {
  const running = asIfRunning(document, campaignKey, days, { now, zone: shop.timeZone });
  return {
    ...shop,
    versions: [termsOf({ version: 1, effectiveAt: 0, document: running }, shop.currency)],
  };
}

/** Who bought nothing in its time is touched only where it multiplies what is no order. */
async function whoMayBeTouched(
  client: pg.PoolClient,
  shopId: string,
  { timeZone }: ShopTerms,
  { rules }: CampaignTerms,
  members: readonly StoredMember[],
  now: number,
): Promise<readonly StoredMember[]> {
  if (rules.length > 0) return members;
  const since = new Date(addDays(now, -90, timeZone));
  const ids = members.map(({ id }) => id);
  const bought = await membersWhoBought(client, shopId, ids, since);
  return members.filter(({ id }) => bought.has(id));
}

/** By what is known of them today. */
function isInAudience(campaign: CampaignTerms, member: StoredMember, now: number): boolean {
  if (member.membership !== 'joined') return false;
  return isFor(campaign, {
    tierKey: () => member.tierKey,
    hasTag: (tag) => boreTag(member.tags, tag, now),
  });
}

async function added(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { campaignKey, now }: CampaignAsked,
  members: readonly StoredMember[],
  drawn: DrawnInOne,
): Promise<{ readonly byMember: ReadonlyMap<string, Added>; readonly drawn: DrawnInOne }> {
  const purse = purseOf(drawn, whole);
  const changes = await proposeChanges(
    client,
    shopId,
    shop,
    () => now,
    {
      ...{ members, changed: [], customers: new Map<string, never>(), fromNothing: true },
      wholly: new Set(members.map(({ id }) => id)),
    },
    { budgets: purse.open, places: readPlaces },
  );
  const byMember = new Map(
    changes.map(({ memberId, decision }) => [memberId, sumOf(decision?.awards ?? [], campaignKey)]),
  );
  return { byMember, drawn: purse.drawn() };
}

function sumOf(awards: readonly Award[], campaignKey: string): Added {
  const touched = awards.filter((award) => addedBy(award, campaignKey) > 0);
  return {
    points: touched.reduce((sum, award) => sum + addedBy(award, campaignKey), 0),
    orders: new Set(
      touched.flatMap(({ sourceKind, sourceId }) => (sourceKind === 'order' ? sourceId : [])),
    ).size,
  };
}
