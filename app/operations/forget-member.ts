/**
 * customers/redact: personal data goes, the ledger stays under its own id, the open balance is
 * forfeited by an entry. The same e-mail later is a new member.
 */
import type pg from 'pg';
import { booksOf, emptyOut } from '../domain/points/books.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { findMembers, lockMembers } from '../storage/members/lock-members.ts';
import { erasePerson } from '../storage/members/erase-person.ts';
import { readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import type { FactMoment } from './take-in-facts.ts';

export async function forgetMember(
  client: pg.PoolClient,
  shopId: string,
  { customerId, orderIds }: { readonly customerId: string; readonly orderIds: readonly string[] },
  { now, newId }: FactMoment,
): Promise<'forgotten' | 'nothing-held'> {
  const at = new Date(now);
  const memberId = (await findMembers(client, shopId, [customerId])).get(customerId);
  const member = memberId
    ? (await lockMembers(client, shopId, [memberId])).get(memberId)
    : undefined;
  if (member) {
    const lots = await readOpenLots(client, shopId, [member.id]);
    const books = booksOf({ ...member, lots: lots.get(member.id) ?? [] });
    const points = books.available + books.pending;
    emptyOut(
      books,
      {
        key: 'forfeit:redaction',
        sourceKind: 'redaction',
        sourceId: 'member',
        ruleKey: 'redaction',
        programmeVersion: null,
        explanation: { rule: 'redaction', points },
        occurredAt: now,
      },
      'forfeit',
      'forfeited',
    );
    await writeMemberChanges(client, shopId, [{ memberId: member.id, books, decision: null }], at);
  }
  await erasePerson(client, shopId, {
    memberId: member?.id ?? null,
    email: member?.email ?? null,
    customerId,
    orderIds,
    at,
  });
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
