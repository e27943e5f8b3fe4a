/**
 * The member's figures in Shopify: metafields that Liquid draws, and a tag for the tier. What is
 * written is the state at the time of writing, so doing it again, late or twice, is right.
 */
import { z } from 'zod';
import type { Performer, Stage } from './performer.ts';
import { memberOnStorefront } from '../../domain/storefront/figures.ts';
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
import { readMemberFigures } from '../../storage/members/member-figures.ts';
import type { MemberFigures } from '../../storage/members/member-figures.ts';
import { makeTermsMemory, readShopTerms } from '../../storage/programme/shop-terms.ts';

/** Five metafields each, and Shopify takes 25 in a call. */
const MEMBERS_TOGETHER = 5;
const TAG_PREFIX = 'laurel-tier-';
const memory = makeTermsMemory();

export const mirrorMemberEffect: Performer = {
  kind: 'mirror-member',
  together: MEMBERS_TOGETHER,
  perform: async (stage, effects) => {
    const { world, shopId } = stage;
    const ids = effects.flatMap(({ memberId }) => memberId ?? []);
    const shop = await readShopTerms(world.db(shopId), shopId, memory);
    const members = await readMemberFigures(world.db(shopId), shopId, ids);
    const notes = new Map<string, string>();
    for (const { key, memberId } of effects) {
      if (!members.some(({ id }) => id === memberId))
        notes.set(key, 'There is no customer to show it to.');
    }
    if (members.length === 0) return notes;
    const client = await stage.admin();
    const gone = await unknownCustomers(client, members);
    const known = members.filter(({ customerId }) => !gone.has(customerId));
    for (const { key, memberId } of effects) {
      const member = members.find(({ id }) => id === memberId);
      if (member && gone.has(member.customerId))
        notes.set(key, 'Shopify no longer knows the customer.');
    }
    await writeMetafields(client, stage, known, shop);
    return notes;
  },
};

const tagsAnswer = z.object({
  nodes: z.array(z.object({ id: z.string(), tags: z.array(z.string()) }).nullable()),
});

/** Sets the tier tags on the way, because both need to know which customers still exist. */
async function unknownCustomers(
  client: AdminClient,
  members: readonly MemberFigures[],
): Promise<ReadonlySet<string>> {
  const { nodes } = await client.request(
    READ_CUSTOMER_TAGS,
    { ids: members.map(({ customerId }) => customerGid(customerId)) },
    tagsAnswer,
  );
  const gone = new Set<string>();
  for (const [index, member] of members.entries()) {
    const node = nodes[index];
    if (!node) {
      gone.add(member.customerId);
      continue;
    }
    await setTierTag(client, node, member.tierKey);
  }
  return gone;
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
  { world }: Stage,
  members: readonly MemberFigures[],
  shop: ShopTerms,
): Promise<void> {
  const terms = inForce(shop, world.now());
  const shown = members.map((member) => ({
    ownerId: customerGid(member.customerId),
    fields: metafieldsOf(memberOnStorefront(member, terms, shop)),
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
  if (metafields.length > 0) {
    const told = await client.request(SET_METAFIELDS, { metafields }, setAnswer);
    refuseUserErrors(told.metafieldsSet.userErrors);
  }
  if (absent.length > 0) {
    const told = await client.request(DELETE_METAFIELDS, { metafields: absent }, deleteAnswer);
    refuseUserErrors(told.metafieldsDelete.userErrors);
  }
}

function metafieldsOf(
  shown: MemberOnStorefront,
): readonly { readonly key: string; readonly type: string; readonly value: string | null }[] {
  const text = 'single_line_text_field';
  return [
    { key: 'points', type: 'number_integer', value: String(shown.points) },
    { key: 'pending', type: 'number_integer', value: String(shown.pending) },
    { key: 'tier', type: text, value: shown.tier },
    { key: 'next_tier', type: text, value: shown.nextTier },
    { key: 'progress', type: 'json', value: JSON.stringify(shown.progress) },
  ];
}

function customerGid(customerId: string): string {
  return `gid://shopify/Customer/${customerId}`;
}
