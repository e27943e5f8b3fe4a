/**
 * The member's figures in Shopify: metafields that Liquid draws, and a tag for the tier. What is
 * written is the state at the time of writing, so doing it again, late or twice, is right.
 */
import { z } from 'zod';
import type { Performer, Stage } from './performer.ts';
import { tellTags } from './tell-tags.ts';
import type { SeenTags } from './tell-tags.ts';
import { invitedOnStorefront, memberOnStorefront } from '../../domain/storefront/figures.ts';
import type { MemberOnStorefront } from '../../domain/storefront/figures.ts';
import { inForce } from '../../domain/programme/terms.ts';
import type { ShopTerms } from '../../domain/programme/terms.ts';
import { refuseUserErrors, userErrors } from '../../shopify/admin-client.ts';
import type { AdminClient } from '../../shopify/admin-client.ts';
import {
  ADD_TAGS,
  DELETE_METAFIELDS,
  READ_CUSTOMER_TAGS,
  REMOVE_TAGS,
  SET_METAFIELDS,
} from '../../shopify/operations/effects.graphql.ts';
import { roundsLimited } from '../../domain/storefront/reaches.ts';
import { countJoined } from '../../storage/activities/joined.ts';
import { heldRewards } from '../../domain/storefront/rewards.ts';
import type { KeptReward } from '../../domain/storefront/rewards.ts';
import { readMemberFigures } from '../../storage/members/member-figures.ts';
import type { MemberFigures } from '../../storage/members/member-figures.ts';
import { termsMemoryOf, readShopTerms } from '../../storage/programme/shop-terms.ts';
import { readMemberRewards } from '../../storage/rewards/member-rewards.ts';

/** Five metafields each, and Shopify takes 25 in a call; a member who was merged has several customers. */
const MOST_METAFIELDS = 25;
const MEMBERS_TOGETHER = 5;
const TAG_PREFIX = 'laurel-tier-';

export const mirrorMemberEffect: Performer = {
  kind: 'mirror-member',
  together: MEMBERS_TOGETHER,
  perform: async (stage, effects) => {
    const { world, shopId } = stage;
    const ids = effects.flatMap(({ memberId }) => memberId ?? []);
    const shop = await readShopTerms(world.db(shopId), shopId, termsMemoryOf(world.db(shopId)));
    const members = await readMemberFigures(world.db(shopId), shopId, ids);
    const rewards = await readMemberRewards(world.db(shopId), shopId, ids);
    const notes = new Map<string, string>();
    for (const { key, memberId } of effects) {
      if (!members.some(({ id }) => id === memberId))
        notes.set(key, 'There is no customer to show it to.');
    }
    if (members.length === 0) return notes;
    const client = await stage.admin();
    const { gone, seen } = await lookAtCustomers(client, members);
    await tellTags(world, shopId, shop, seen);
    const known = members.filter(({ customerId }) => !gone.has(customerId));
    for (const { key, memberId } of effects) {
      const theirs = members.filter(({ id }) => id === memberId);
      if (theirs.length > 0 && theirs.every(({ customerId }) => gone.has(customerId)))
        notes.set(key, 'Shopify no longer knows the customer.');
    }
    await writeMetafields(client, stage, { members: known, rewards }, shop);
    return notes;
  },
};

const tagsAnswer = z.object({
  nodes: z.array(
    z.object({ id: z.string(), tags: z.array(z.string()), updatedAt: z.string() }).nullable(),
  ),
});

/** Sets the tier tags on the way, because both need to know which customers still exist. */
async function lookAtCustomers(
  client: AdminClient,
  members: readonly MemberFigures[],
): Promise<{ readonly gone: ReadonlySet<string>; readonly seen: readonly SeenTags[] }> {
  const { nodes } = await client.request(
    READ_CUSTOMER_TAGS,
    { ids: members.map(({ customerId }) => customerGid(customerId)) },
    tagsAnswer,
  );
  const gone = new Set<string>();
  const seen: SeenTags[] = [];
  for (const [index, member] of members.entries()) {
    const node = nodes[index];
    if (!node) {
      gone.add(member.customerId);
      continue;
    }
    seen.push({ member, tags: node.tags, updatedAt: Date.parse(node.updatedAt) });
    await setTierTag(client, node, member.tierKey);
  }
  return { gone, seen };
}

const addAnswer = z.object({ tagsAdd: z.object({ userErrors }) });
const removeAnswer = z.object({ tagsRemove: z.object({ userErrors }) });

async function setTierTag(
  client: AdminClient,
  node: { readonly id: string; readonly tags: readonly string[] },
  tierKey: string | null,
): Promise<void> {
  const wanted = tierKey === null ? null : `${TAG_PREFIX}${tierKey}`;
  const wrong = node.tags.filter((tag) => tag.startsWith(TAG_PREFIX) && tag !== wanted);
  if (wrong.length > 0) {
    const told = await client.request(REMOVE_TAGS, { id: node.id, tags: wrong }, removeAnswer);
    refuseUserErrors(told.tagsRemove.userErrors);
  }
  if (wanted !== null && !node.tags.includes(wanted)) {
    const told = await client.request(ADD_TAGS, { id: node.id, tags: [wanted] }, addAnswer);
    refuseUserErrors(told.tagsAdd.userErrors);
  }
}

const setAnswer = z.object({ metafieldsSet: z.object({ userErrors }) });
const deleteAnswer = z.object({ metafieldsDelete: z.object({ userErrors }) });

async function writeMetafields(
  client: AdminClient,
  { world, shopId }: Stage,
  {
    members,
    rewards,
  }: { readonly members: readonly MemberFigures[]; readonly rewards: readonly KeptReward[] },
  shop: ShopTerms,
): Promise<void> {
  const now = world.now();
  const terms = inForce(shop, now);
  const limited = roundsLimited(terms, shop.timeZone, now);
  const joined = await countJoined(world.db(shopId), shopId, limited);
  const heldBy = (id: string) =>
    heldRewards(
      rewards.filter(({ memberId }) => memberId === id),
      { now, timeZone: shop.timeZone },
    );
  const shown = members.map((member) => ({
    ownerId: customerGid(member.customerId),
    fields: metafieldsOf(
      toBeSeen(
        member.membership === 'not-joined'
          ? invitedOnStorefront(terms)
          : memberOnStorefront({ ...member, rewards: heldBy(member.id) }, terms, {
              ...shop,
              now,
              joined,
            }),
        member,
      ),
    ),
  }));
  const metafields = shown.flatMap(({ ownerId, fields }) =>
    fields.flatMap(({ key, type, value }) =>
      value === null ? [] : [{ ownerId, namespace: '$app', key, type, value }],
    ),
  );
  const absent = shown.flatMap(({ ownerId, fields }) =>
    fields.flatMap(({ key, value }) =>
      value === null ? [{ ownerId, namespace: '$app', key }] : [],
    ),
  );
  for (const part of chunked(metafields, MOST_METAFIELDS)) {
    const told = await client.request(SET_METAFIELDS, { metafields: part }, setAnswer);
    refuseUserErrors(told.metafieldsSet.userErrors);
  }
  if (absent.length > 0) {
    const told = await client.request(DELETE_METAFIELDS, { metafields: absent }, deleteAnswer);
    refuseUserErrors(told.metafieldsDelete.userErrors);
  }
}

/** Whom nobody has seen signed in yet says so once from their page: no other page asks us anything. */
function toBeSeen(
  shown: MemberOnStorefront,
  { unseen }: Pick<MemberFigures, 'unseen'>,
): MemberOnStorefront {
  return unseen ? { ...shown, progress: { ...shown.progress, unseen } } : shown;
}

function chunked<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_one, index) =>
    list.slice(index * most, (index + 1) * most),
  );
}

function metafieldsOf(
  shown: MemberOnStorefront,
): readonly { readonly key: string; readonly type: string; readonly value: string | null }[] {
  const text = 'single_line_text_field';
  return [
    { key: 'points', type: 'number_integer', value: textOrNull(shown.points) },
    { key: 'pending', type: 'number_integer', value: textOrNull(shown.pending) },
    { key: 'tier', type: text, value: shown.tier },
    { key: 'next_tier', type: text, value: shown.nextTier },
    { key: 'progress', type: 'json', value: JSON.stringify(shown.progress) },
  ];
}

function textOrNull(points: number | null): string | null {
  return points === null ? null : String(points);
}

function customerGid(customerId: string): string {
  return `gid://shopify/Customer/${customerId}`;
}
