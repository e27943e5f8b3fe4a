/**
 * What stays of a person who was erased, column by column: each that holds text is known to hold nothing
 * personal, or is shown to be empty of them. A new column belongs to one of the two before this passes.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { referring } from '../domain/referrals/referred.ts';
import {
  buys,
  claim,
  codeOf,
  iso,
  openFriends,
  road,
  someone,
  webhook,
} from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { ABOUT_NOBODY, IMPERSONAL, PERSONAL } from '../support/columns-of-people.ts';
import { orderBody } from '../support/order-body.ts';
import { memberOf, proof } from '../support/road.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { grantTier } from '../../app/operations/grant-tier.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { chooseCode } from '../../app/operations/referral-code.ts';
import { ruleReferral } from '../../app/operations/rule-referral.ts';
import { newestEntries } from '../../app/queries/newest-entries.ts';
import { memberPage } from '../../app/queries/member-page.ts';

const ZOE = /quandary|zoe/i;

const OF_A_GUEST = 77_000;

let zoe: Person & { memberId: string };

beforeEach(async () => {
  const levels = [{ key: 'silver', name: 'Silver', need: '500', multiplier: '1' }];
  await openFriends({ vanityCodes: true });
  await road.publish({
    ...referring({ vanityCodes: true }),
    tiers: programmeDocument.shape.tiers.parse({
      ...{ metric: 'spend', window: { kind: 'lifetime' }, graceDays: 0, levels },
    }),
  });
  await road.settle();
  road.clock.advance(60_000);
  const person = await someone('zoe.quandary@road.example');
  zoe = { ...person, memberId: (await memberOf(road, person.id)).id };
});
afterEach(() => road.close());

const staff = { actor: 'staff:7', note: 'Zoe Quandary rang about it' };

async function adjust(points: number, requestKey: string): Promise<void> {
  const told = await adjustPoints(road.world, {
    ...{ ...staff, shopId: road.shopId, memberId: zoe.memberId, points, reason: 'goodwill' },
    ...{ requestKey, allowDebt: false, countsForTier: false },
  });
  expect(told).toMatchObject({ ok: true });
}

const write = (sql: string, ...values: readonly unknown[]): Promise<unknown> =>
  road.query(sql, [road.shopId, ...values]);

/** By operations and webhooks. */
async function livesHere(): Promise<void> {
  const { shopId } = road;
  await webhook('customers/update', {
    ...{ id: Number(zoe.id), created_at: iso(), updated_at: iso(), email: zoe.email },
    ...{ first_name: 'Zoe', last_name: 'Quandary', tags: 'quandary family' },
  });
  await buys(zoe);
  // As a guest, under an e-mail that she no longer has: Shopify names the order.
  const lines = [{ id: OF_A_GUEST + 1, price: '5.00', quantity: 1 }];
  await webhook('orders/paid', {
    ...orderBody({ id: OF_A_GUEST, customerId: null, placedAt: iso(), lines }),
    ...{ customer: null, email: 'old.zoe@road.example', contact_email: 'old.zoe@road.example' },
    note_attributes: [],
  });
  await adjust(300, 'a');
  const wish = { ...staff, shopId, memberId: zoe.memberId, reason: 'goodwill' };
  expect(
    await grantTier(road.world, { ...wish, tierKey: 'silver', lastDay: null, requestKey: 'g' }),
  ).toEqual({ ok: true });
  expect(await chooseCode(road.world, { ...wish, code: 'ZOEQUANDARY' })).toMatchObject({
    ok: true,
  });
  const friend = await someone();
  await claim(friend, 'ZOEQUANDARY');
  await buys(friend, { note_attributes: [{ name: '_laurel_ref', value: 'ZOEQUANDARY' }] });
  const [referral] = await road.query<{ id: string }>(`SELECT id FROM referrals`);
  const ruling = { approve: true, reason: 'Zoe knows them', id: referral?.id ?? '' };
  expect(await ruleReferral(road.world, { ...staff, shopId, ...ruling })).toEqual({ ok: true });
  expect(await codeOf(friend)).not.toBe('');
  const twin = await someone('zoe.second@road.example');
  const both = { keptId: zoe.memberId, goneId: (await memberOf(road, twin.id)).id };
  const reason = 'Zoe Quandary wrote twice';
  const merged = await mergeByHand(road.world, { ...staff, shopId, ...both, reason });
  expect(merged).toMatchObject({ ok: true });
  await road.settle();
}

/** What other parts write of members, as they write it. */
async function leavesMore(): Promise<void> {
  const at = new Date(road.clock.now());
  const redeemed = await redeemPoints(road.world, {
    ...{ shopId: road.shopId, memberId: zoe.memberId, points: 100, code: null },
    ...{ purpose: 'gift', requestKey: 'k' },
  });
  if (!redeemed.ok) throw new Error(redeemed.refusal.kind);
  await write(
    `INSERT INTO issued_rewards (shop_id, id, reward_key, programme_version, name, terms, origin, note, counts, asked_at)
      VALUES ($1, $2, 'tea', 1, 'Tea', '{}', 'agent', 'For Zoe', true, $3)`,
    ...[redeemed.redemption.id, at],
  );
  for (const [kind, id, content] of [
    ['birthday', 'b', { month: 3, day: 3, note: 'Zoe' }],
    ['custom', 'photo-1', { note: 'I am Zoe Quandary', attachment: 'https://zoe.example/me.jpg' }],
  ] as const) {
    await write(
      `INSERT INTO activities (shop_id, member_id, kind, activity_id, occurred_at, told_at, content)
        VALUES ($1, $2, $3, $4, $5, $5, $6)`,
      ...[zoe.memberId, kind, id, at, JSON.stringify(content)],
    );
  }
  await write(
    `INSERT INTO reviews (shop_id, provider, review_id, member_id, facts, facts_at) VALUES ($1, 'judgeme', 'r1', $2, $3, $4)`,
    ...[zoe.memberId, JSON.stringify({ email: zoe.email, customerId: zoe.id }), at],
  );
  await write(
    `INSERT INTO leaderboard_names (shop_id, member_id, nickname, skeleton, joined_at) VALUES ($1, $2, 'Quandary', 'quandary', $3)`,
    ...[zoe.memberId, at],
  );
  const gift = road.world.newId();
  await write(
    `INSERT INTO gifts (shop_id, id, reason, content, audience, state, made_by, made_at, run_after)
      VALUES ($1, $2, 'Thank you', '{}', '{}', 'given', 'staff:7', $3, $3)`,
    ...[gift, at],
  );
  await write(
    `INSERT INTO gift_lines (shop_id, gift_id, line, written, state) VALUES ($1, $2, 1, 'Zoe.Quandary@ROAD.example', 'read')`,
    gift,
  );
  await write(
    `INSERT INTO request_counts (shop_id, caller, window_ends, count) VALUES ($1, $2, $3, 1)`,
    ...[`shopper:${zoe.id}`, at],
  );
  await write(
    `INSERT INTO member_logins (shop_id, member_id, email_key, first_at, last_at) VALUES ($1, $2, 'hash', $3, $3)`,
    ...[zoe.memberId, at],
  );
  await write(
    `INSERT INTO referral_traces (shop_id, member_id, kind, hash, first_at, last_at) VALUES ($1, $2, 'phone', 'hash', $3, $3)`,
    ...[zoe.memberId, at],
  );
  await write(
    `INSERT INTO effects (shop_id, key, kind, payload, run_after, requested_at, detail)
      VALUES ($1, $2, 'look-up-birthday', $3, $4, $5, 'no answer for Zoe')`,
    ...[`look-up-birthday:${zoe.id}`, JSON.stringify({ customerId: zoe.id })],
    ...[new Date(at.getTime() + 86_400_000), at],
  );
  await write(
    `INSERT INTO deliveries (shop_id, webhook_id, shop_domain, topic, received_at, subject, lane, body, state, detail, done_at, outcome)
      VALUES ($1, $2, '', 'laurel/facts', $3, $4, 0, convert_to($5, 'UTF8'), 'dead', 'about Zoe', $3, 'failed')`,
    ...[`laurel:tags:${zoe.id}:1`, at, `customer:${zoe.id}`, JSON.stringify({ name: 'Zoe' })],
  );
  await webhook('customers/data_request', {
    ...{ customer: { id: Number(zoe.id), email: zoe.email, phone: null }, orders_requested: [] },
    ...{ data_request: { id: 5 }, shop_id: Number(road.shopId), shop_domain: road.store.domain },
  });
}

async function erase(): Promise<void> {
  await webhook('customers/redact', {
    ...{
      customer: { id: Number(zoe.id), email: zoe.email, phone: null },
      orders_to_redact: [OF_A_GUEST],
    },
    ...{ shop_id: Number(road.shopId), shop_domain: road.store.domain },
  });
}

const textOf = (column: string): string =>
  column === 'body' ? `convert_from(t.body, 'UTF8')` : `t."${column}"::text`;

/** How many rows of a column say who somebody is. */
async function tracesIn(table: string, column: string): Promise<number> {
  const id = String.raw`(^|\D)${zoe.id}(\D|$)`;
  const [row] = await road.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table} t WHERE ${textOf(column)} ~* $1 OR ${textOf(column)} ~ $2`,
    ['quandary|zoe', id],
  );
  return row?.n ?? 0;
}

/** Keyed hashes, and what moved with a merge, say nothing that can be read; they go all the same. */
const UNREADABLE = [
  ...['member_logins.email_key', 'referral_traces.hash', 'orders.guest_key'],
  ...['merges.record', 'members.joined_with'],
];

describe('who was erased (law 7.3)', () => {
  it('may stand in no column that is not known here', async () => {
    const columns = await road.query<{ table_name: string; column_name: string }>(
      `SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t
          ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
        WHERE c.table_schema = current_schema()
          AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')
          AND c.table_name NOT IN ('shops', 'sessions', '_prisma_migrations')`,
    );
    const found = columns.map((one) => `${one.table_name}.${one.column_name}`).sort();
    const known = [PERSONAL, IMPERSONAL].flatMap((all) =>
      Object.entries(all).flatMap(([table, names]) => names.map((name) => `${table}.${name}`)),
    );
    expect(known.sort()).toEqual(found);
  });

  it('stands in none of them any more, nor anywhere in a dump, and the books prove', async () => {
    await livesHere();
    await leavesMore();
    const untouched: string[] = [];
    for (const [table, names] of Object.entries(PERSONAL)) {
      for (const name of names) {
        if ((await tracesIn(table, name)) === 0) untouched.push(`${table}.${name}`);
      }
    }
    // Of each column that can be read, it is shown that something stood there.
    expect(untouched.filter((name) => !UNREADABLE.includes(name))).toEqual([]);
    expect(await road.query(`SELECT 1 FROM orders WHERE guest_key IS NOT NULL`)).toHaveLength(1);
    await erase();
    const tables = [...new Set([...Object.keys(PERSONAL), ...Object.keys(IMPERSONAL)])];
    const left: string[] = [];
    for (const table of tables) {
      const body = table === 'deliveries' ? `|| convert_from(t.body, 'UTF8')` : '';
      const drop = table === 'deliveries' ? ` - 'body'` : '';
      const rows = await road.query<{ text: string }>(
        `SELECT (to_jsonb(t)${drop})::text ${body} AS text FROM ${table} t`,
      );
      const isOfHer = (text: string): boolean =>
        ZOE.test(text) || new RegExp(String.raw`(^|[^\d-])${zoe.id}([^\d-]|$)`).test(text);
      left.push(...rows.filter(({ text }) => isOfHer(text)).map(({ text }) => `${table} ${text}`));
    }
    // Shopify's id stays with the request to forget her alone: no sweep brings her back.
    expect(left.filter((row) => !row.includes('"topic": "customers/redact"'))).toEqual([]);
    expect(left).toHaveLength(1);
    for (const table of ['member_logins', 'referral_traces', 'referral_opens', 'staff_words']) {
      const rows = await write(
        `SELECT 1 FROM ${table} WHERE shop_id = $1 AND member_id = $2`,
        zoe.memberId,
      );
      expect([table, rows]).toEqual([table, []]);
    }
    expect(await road.query(`SELECT 1 FROM orders WHERE guest_key IS NOT NULL`)).toEqual([]);
    expect(await road.query(`SELECT DISTINCT record, reason FROM merges`)).toEqual([
      { record: {}, reason: '' },
    ]);
    expect(await proof(road)).toEqual([]);
  });
});

describe('who asks what is held of them (law 7.3)', () => {
  it('is told every row that leads to them, by whatever it does', async () => {
    await livesHere();
    await leavesMore();
    const [row] = await road.query<{ content: string }>(`SELECT content FROM data_requests`);
    const told = JSON.parse(row?.content ?? '{}') as Record<string, unknown[]>;
    const tables = await road.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'shop_id'`,
    );
    const missing = tables.map(({ name }) => name).filter((name) => !(name in told));
    expect(missing.sort()).toEqual(ABOUT_NOBODY);
    for (const table of ['issued_rewards', 'merges', 'staff_words', 'tier_grants', 'entries']) {
      expect([table, told[table]?.length]).not.toEqual([table, 0]);
    }
    expect(JSON.stringify(told['issued_rewards'])).toContain('For Zoe');
    expect(JSON.stringify(told['staff_words'])).toContain('rang about it');
  });
});

describe('what staff write about a member', () => {
  it('is shown with the entry and with who did it, and stands in neither', async () => {
    await adjust(5, 'n');
    const [line] = await newestEntries(road.world, road.shopId, 1);
    expect(line?.because).toMatchObject({ rule: 'adjustment', note: staff.note });
    const page = await memberPage(road.world, road.shopId, zoe.memberId);
    expect(page?.audit[0]).toMatchObject({ action: 'adjusted', words: staff.note });
    const [kept] = await road.query<{ entry: string; audit: string; award: string }>(
      `SELECT (SELECT string_agg(explanation::text, '') FROM entries) AS entry,
        (SELECT string_agg(content::text, '') FROM audit) AS audit,
        (SELECT string_agg(explanation::text, '') FROM awards) AS award`,
    );
    expect(JSON.stringify(kept)).not.toMatch(ZOE);
  });
});
