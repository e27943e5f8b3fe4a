/**
 * customers/redact: personal data goes, the ledger stays under its own id, the open balance is
 * forfeited by an entry. The same e-mail later is a new member.
 */
import type pg from 'pg';
import { booksOf } from '../domain/points/books.ts';
import { forfeit } from '../domain/points/forfeit.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { emailsOf, eraseAlias, erasePerson } from '../storage/members/erase-person.ts';
import { findMembers, lockMembers } from '../storage/members/lock-members.ts';
import { mergedInto } from '../storage/members/merges.ts';
import { readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import { guestKeys } from './join-and-claim.ts';
import type { FactMoment } from './take-in-facts.ts';

export async function forgetMember(
  client: pg.PoolClient,
  shopId: string,
  told: {
    readonly customerId: string;
    readonly email: string | null;
    readonly orderIds: readonly string[];
  },
  { now, newId, hashes }: FactMoment,
): Promise<'forgotten' | 'nothing-held'> {
  const at = new Date(now);
  const { customerId, orderIds } = told;
  const memberId = (await findMembers(client, shopId, [customerId])).get(customerId);
  const member = memberId
    ? (await lockMembers(client, shopId, [memberId])).get(memberId)
    : undefined;
  // A customer whom an agent merged into another: the other is still a customer, and keeps the points.
  const other = member && member.customerId !== null && member.customerId !== customerId;
  if (member && !other) {
    const lots = await readOpenLots(client, shopId, [member.id]);
    const books = booksOf({ ...member, lots: lots.get(member.id) ?? [] });
    forfeit(books, 'forfeit:redaction', now);
    await writeMemberChanges(client, shopId, [{ memberId: member.id, books, decision: null }], at);
  }
  const mergedIds = member && !other ? await mergedInto(client, shopId, member.id) : [];
  const emails = [...(await emailsOf(client, shopId, mergedIds)), told.email];
  if (!other) emails.push(member?.email ?? null);
  await erasePerson(client, shopId, {
    memberId: other ? null : (member?.id ?? null),
    email: (other ? null : member?.email) ?? told.email,
    guestKeys: emails.flatMap((email) => (email === null ? [] : guestKeys(hashes, shopId, email))),
    ...{ customerId, orderIds, mergedIds, at },
  });
  if (other) await eraseAlias(client, shopId, customerId);
  await writeAudit(client, shopId, {
    id: newId(),
    at,
    actor: 'shopify',
    action: 'customer-redacted',
    subject: member ? `member:${member.id}` : 'nobody',
    requestKey: null,
    content: { held: Boolean(member) },
  });
  return member ? 'forgotten' : 'nothing-held';
}
