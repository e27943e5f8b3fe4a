/** Finds out whom a gift is for, a batch at a time; nothing is given. */
import type pg from 'pg';
import type { LineRefusal } from '../domain/gifts/gift.ts';
import { readRef } from '../domain/gifts/read-ref.ts';
import { membersByCustomer, membersByMail } from '../storage/gifts/gift-lines.ts';
import { planSegment, readFileLines, writeMatches } from '../storage/gifts/gift-lines.ts';
import type { FoundMember, ReadLine } from '../storage/gifts/gift-lines.ts';
import { moveGiftOn } from '../storage/gifts/gifts.ts';
import type { StoredGift } from '../storage/gifts/gifts.ts';
import { segmentSql } from '../storage/segments/segment-sql.ts';
import type { Segment } from '../domain/segments/segment.ts';

const BATCH = 5_000;
/** What the statement binds before the conditions of the segment. */
const BOUND_BEFORE = 5;

/** @param at the moment of the gift: conditions are asked as of then */
export async function prepareGift(
  client: pg.PoolClient,
  gift: StoredGift,
  at: Date,
  most = BATCH,
): Promise<void> {
  const { audience } = gift;
  if (audience.kind === 'segment') await prepareSegment(client, gift, audience.segment, at, most);
  else await prepareFile(client, gift, at, most);
}

async function prepareSegment(
  client: pg.PoolClient,
  gift: StoredGift,
  segment: Segment,
  at: Date,
  most: number,
): Promise<void> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value) + BOUND_BEFORE}`;
  const { looked, last } = await planSegment(client, gift.shopId, gift.id, {
    ...{ after: gift.cursor, most, values },
    points: gift.content.kind === 'points' ? gift.content.points : null,
    condition: segmentSql(segment, bind, at),
  });
  const state = looked < most ? 'ready' : 'preparing';
  await moveGiftOn(client, gift, { state, cursor: last ?? gift.cursor, looked }, at);
}

async function prepareFile(
  client: pg.PoolClient,
  gift: StoredGift,
  at: Date,
  most: number,
): Promise<void> {
  const { shopId, id, content } = gift;
  const lines = await readFileLines(client, shopId, id, most);
  const refs = lines.map(({ written }) => readRef(written));
  const ids = refs.flatMap((ref) => (ref?.by === 'customer' ? ref.customerId : []));
  const emails = refs.flatMap((ref) => (ref?.by === 'email' ? ref.email : []));
  const byCustomer = await membersByCustomer(client, shopId, [...new Set(ids)]);
  const byMail = await membersByMail(client, shopId, [...new Set(emails)]);
  const usual = content.kind === 'points' ? content.points : null;
  const matches = lines.map((line, index) => {
    const ref = refs[index];
    const found =
      ref?.by === 'customer' ? byCustomer.get(ref.customerId) : byMail.get(ref?.email ?? '');
    const { memberId, refusal } = matchOf(found ?? []);
    return { line: line.line, memberId, refusal, points: pointsOf(line, usual) };
  });
  await writeMatches(client, shopId, id, matches);
  const state = lines.length < most ? 'ready' : 'preparing';
  await moveGiftOn(client, gift, { state, cursor: null, looked: lines.length }, at);
}

/** Only a gift of points looks at what the file says of them. */
function pointsOf({ points }: ReadLine, usual: number | null): number | null {
  return usual === null ? null : (points ?? usual);
}

function matchOf(found: readonly FoundMember[]): {
  readonly memberId: string | null;
  readonly refusal: LineRefusal | null;
} {
  const [member, another] = found;
  if (!member) return { memberId: null, refusal: 'unknown' };
  if (another) return { memberId: null, refusal: 'ambiguous' };
  if (member.state !== 'active') return { memberId: null, refusal: 'gone' };
  if (member.membership === 'not-joined') return { memberId: null, refusal: 'not-joined' };
  return { memberId: member.memberId, refusal: null };
}
