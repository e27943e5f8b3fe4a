/**
 * customers/data_request: everything that is held of the customer, gathered at once and kept for thirty
 * days, so that the merchant can pass it on; Shopify asks for it within those.
 */
import type pg from 'pg';
import { guestKeys } from './join-and-claim.ts';
import type { FactMoment } from './take-in-facts.ts';
import { answersInWords } from '../domain/quizzes/answers-in-words.ts';
import { addDays } from '../domain/time/shop-time.ts';
import { readActivities } from '../storage/activities/activities.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { findMembers, lockMembers } from '../storage/members/lock-members.ts';
import { waitingOrderIds } from '../storage/members/logins.ts';
import { mergedInto } from '../storage/members/merges.ts';
import { fetchAnswer, writeDataRequest } from '../storage/privacy/data-requests.ts';
import { gatherPerson } from '../storage/privacy/gather-person.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const DAYS = 30;

export async function answerDataRequest(
  client: pg.PoolClient,
  shopId: string,
  told: {
    readonly customerId: string;
    readonly requestId: string;
    readonly orderIds: readonly string[];
    readonly email: string | null;
  },
  { now, newId, hashes, termsMemory }: FactMoment,
): Promise<'gathered' | 'nothing-new'> {
  const found = (await findMembers(client, shopId, [told.customerId])).get(told.customerId);
  const member = found ? (await lockMembers(client, shopId, [found])).get(found) : undefined;
  const memberIds = member ? [member.id, ...(await mergedInto(client, shopId, member.id))] : [];
  const emails = [member?.email, told.email].filter((email) => email != null);
  const keys = emails.flatMap((email) => guestKeys(hashes, shopId, email));
  const waiting = await waitingOrderIds(client, shopId, keys);
  const shop = await readShopTerms(client, shopId, termsMemory);
  const until = new Date(addDays(now, DAYS, shop.timeZone));
  const done = [...(await readActivities(client, shopId, memberIds)).values()].flat();
  const content = await gatherPerson(
    client,
    shopId,
    {
      memberIds,
      customerIds: [told.customerId],
      orderIds: [...told.orderIds, ...waiting],
    },
    {
      'what this is': 'Everything that Laurel holds of this customer.',
      customer: told.customerId,
      request: told.requestId,
      'gathered at': new Date(now).toISOString(),
    },
    {
      'answers to quizzes and votes': answersInWords(shop, done).map(({ at, ...answers }) => ({
        ...answers,
        at: new Date(at).toISOString(),
      })),
    },
  );
  const fresh = await writeDataRequest(client, shopId, {
    ...{ requestId: told.requestId, memberId: member?.id ?? null, content },
    ...{ askedAt: new Date(now), dueAt: until, keepUntil: until },
  });
  if (!fresh) return 'nothing-new';
  await writeAudit(client, shopId, {
    id: newId(),
    at: new Date(now),
    actor: 'shopify',
    action: 'data-requested',
    subject: member ? `member:${member.id}` : `data-request:${told.requestId}`,
    requestKey: null,
    content: { request: told.requestId, due: until.toISOString() },
  });
  return 'gathered';
}

/** @returns the answer, for the merchant to pass on; null where it is no longer kept */
export async function handOutAnswer(
  world: World,
  wish: { readonly shopId: string; readonly requestId: string; readonly actor: string },
): Promise<string | null> {
  const at = new Date(world.now());
  return inTransaction(world.db(wish.shopId), async (client) => {
    const answer = await fetchAnswer(client, wish.shopId, wish.requestId, at);
    if (!answer) return null;
    await writeAudit(client, wish.shopId, {
      id: world.newId(),
      at,
      actor: wish.actor,
      action: 'data-handed-out',
      subject: answer.memberId ? `member:${answer.memberId}` : `data-request:${wish.requestId}`,
      requestKey: null,
      content: { request: wish.requestId },
    });
    return answer.content;
  });
}
