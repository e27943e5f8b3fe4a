/**
 * npm run bench:admin-pages [members]: a shop with a million members, each with an order, progress and
 * points, and how long what the admin's pages ask for takes, in the middle of several looks. Figures of the whole
 * shop are counted by the worker's job, whose times stand beside it.
 */
import type pg from 'pg';
import { makeShop } from './bench-shops.ts';
import { openPlace, say, withClient } from './bench-place.ts';
import { countFiguresDue } from '../../app/jobs/count-figures.ts';
import { campaignLines } from '../../app/queries/campaigns.ts';
import { claims } from '../../app/queries/claims.ts';
import { deliveryList, deliveryTopics } from '../../app/queries/delivery-list.ts';
import { gameViews } from '../../app/queries/games.ts';
import { leaderboardPage } from '../../app/queries/leaderboard-page.ts';
import { memberList } from '../../app/queries/member-list.ts';
import { newestEntries } from '../../app/queries/newest-entries.ts';
import { orderFlags } from '../../app/queries/order-flags.ts';
import { playPart, playTotals } from '../../app/queries/play.ts';
import { programmeFigures } from '../../app/queries/programme-figures.ts';
import { lookingAgain, programmePage } from '../../app/queries/programme-page.ts';
import { quizLines } from '../../app/queries/quizzes.ts';
import { referralPage } from '../../app/queries/referral-page.ts';
import { rewardsPage } from '../../app/queries/rewards.ts';
import { setUpState } from '../../app/queries/set-up-state.ts';
import { shopByDomain } from '../../app/queries/shop-by-domain.ts';
import { waitingForStaff } from '../../app/queries/waiting-for-staff.ts';
import type { World } from '../../app/world.ts';
import { challenge } from '../domain/goals.ts';

const LOOKS = 5;
const AIM_MS = 100;
/** What an index would cost with every award, or cannot do: they look at each member, and are only said. */
const SCANS = /^members by (points|a name)|of a rare topic$/;

await main(Number(process.argv[2] ?? 1_000_000));

async function main(members: number): Promise<void> {
  const place = await openPlace({ pages: false });
  try {
    const { world } = place;
    const shop = await makeShop(world, { challenges: [challenge(3, 10)] });
    await withClient(world.config.databaseUrl, (client) => fill(client, shop.id, members));
    const pages = pagesOf(world, shop.id, shop.domain);
    // The first look asks for the figures, and finds none.
    for (const look of Object.values(pages)) await look();
    for (;;) {
      const began = performance.now();
      if (!(await countFiguresDue(world))) break;
      say(`a count of the worker: ${Math.round(performance.now() - began)} ms`);
    }
    const slow: string[] = [];
    for (const [name, look] of Object.entries(pages)) {
      const times: number[] = [];
      for (let turn = 0; turn < LOOKS; turn += 1) {
        const began = performance.now();
        await look();
        times.push(performance.now() - began);
      }
      const middle = times.toSorted((a, b) => a - b)[Math.floor(LOOKS / 2)] ?? 0;
      say(`${name}: ${middle.toFixed(1)} ms`);
      if (middle > AIM_MS && !SCANS.test(name)) slow.push(name);
    }
    if (slow.length > 0) throw new Error(`Slower than ${AIM_MS} ms: ${slow.join(', ')}.`);
  } finally {
    await place.close();
  }
}

type Pages = Readonly<Record<string, () => Promise<unknown>>>;

function pagesOf(world: World, id: string, domain: string): Pages {
  const list = { text: '', tier: null, sort: 'points', after: null } as const;
  const inbox = { state: null, topic: null, text: '', before: null } as const;
  return {
    'home, figures': () => programmeFigures(world, id, 'America/New_York'),
    'home, newest entries': () => newestEntries(world, id, 8),
    'home, setting up': () => setUpState(world, id),
    programme: () => programmePage(world, id),
    'programme, looking again': () => lookingAgain(world, id),
    'members by points': () => memberList(world, id, list),
    'members by points earned': () => memberList(world, id, { ...list, sort: 'earned' }),
    'members, newest': () => memberList(world, id, { ...list, sort: 'newest' }),
    'members of a tier': () => memberList(world, id, { ...list, sort: 'newest', tier: 'gold' }),
    'members by a name': () => memberList(world, id, { ...list, text: 'Ada 77777' }),
    'members by a name that nobody has': () => memberList(world, id, { ...list, text: 'zzz' }),
    'members by an e-mail': () => memberList(world, id, { ...list, text: 'ada77777@' }),
    play: () => playTotals(world, id),
    'play, a challenge': () => playPart(world, id, 'challenges', 'explorer'),
    campaigns: () => campaignLines(world, id),
    rewards: async () => {
      const shop = await shopByDomain(world, domain);
      return shop && rewardsPage(world, shop);
    },
    referrals: () => referralPage(world, id, { view: 'all', after: null }),
    'referrals, refused': () => referralPage(world, id, { view: 'refused', after: null }),
    leaderboards: () =>
      leaderboardPage(world, id, { board: null, season: null, query: null, after: null }),
    games: () => gameViews(world, id),
    quizzes: () => quizLines(world, id),
    'what waits for staff': () => waitingForStaff(world, id),
    flags: () => orderFlags(world, id),
    claims: () => claims(world, id, null),
    deliveries: () => deliveryList(world, id, inbox),
    'deliveries that failed': () => deliveryList(world, id, { ...inbox, state: 'dead' }),
    'deliveries that are done': () => deliveryList(world, id, { ...inbox, state: 'done' }),
    'deliveries of a rare topic': () => deliveryList(world, id, { ...inbox, topic: 'shop/update' }),
    'deliveries about an order': () => deliveryList(world, id, { ...inbox, text: 'order:777' }),
    'deliveries about nothing': () => deliveryList(world, id, { ...inbox, text: 'order:none' }),
    'topics of deliveries': () => deliveryTopics(world, id),
  };
}

/** Rows as the road leaves them, as far as pages read them. */
async function fill(client: pg.Client, shopId: string, members: number): Promise<void> {
  const run = async (what: string, text: string, share = 1): Promise<void> => {
    await client.query(text, [shopId, Math.floor(members * share)]);
    say(`filled ${what}`);
  };
  // They are not looked at by anything that would keep them together.
  await client.query(`SET session_replication_role = replica`);
  await run(
    'members',
    `INSERT INTO members (shop_id, id, customer_id, name, email, available, earned_total, tier_key, enrolled_at, decided_at,
        customer_created_at, joined_at, joined_by)
      SELECT $1, md5('m' || n)::uuid, 700000000000 + n, 'Ada ' || n, 'ada' || n || '@example.com', n % 5000, n % 9000,
        CASE n % 10 WHEN 0 THEN 'gold' WHEN 1 THEN 'silver' END, now() - n * interval '1 minute', now(),
        now() - n * interval '2 minutes', now(), 'account' FROM generate_series(1, $2::int) n`,
  );
  await run(
    'orders',
    `INSERT INTO orders (shop_id, order_id, member_id, name, placed_at, facts_at, facts, standing, total_minor, currency, state)
      SELECT $1, n, md5('m' || n)::uuid, '#' || n, now() - n * interval '30 seconds', now(), '{"snapshot": {"discountCodes": []}}',
        '{"counts": "true", "changes": [[0, 1000]], "kept": []}', 1000, 'USD', 'paid' FROM generate_series(1, $2::int) n`,
  );
  await run(
    'entries',
    `INSERT INTO entries (shop_id, member_id, seq, key, kind, from_account, to_account, points, lot, source_kind, source_id,
        rule_key, programme_version, explanation, occurred_at, recorded_at, hash)
      SELECT $1, md5('m' || n)::uuid, 1, 'order:' || n || ':order:1', 'earn', 'issued', 'available', 10, 1, 'order', n::text,
        'order', 1, '{}', now() - n * interval '30 seconds', now(), '\\x00' FROM generate_series(1, $2::int) n`,
  );
  await run(
    'awards',
    `INSERT INTO awards (shop_id, member_id, source_kind, source_id, rule_key, programme_version, posted, steps, qualifies,
        explanation, occurred_at, allowance)
      SELECT $1, md5('m' || n)::uuid, k.kind, k.id, k.rule, 1, 10, '[]', true, '{}', now(), k.allowance
      FROM generate_series(1, $2::int) n, LATERAL (VALUES
        ('order', n::text, 'order', CASE WHEN n % 3 = 0 THEN '{"adds": {"summer": 5}}'::jsonb END),
        ('challenge', 'explorer', 'explorer', NULL)) AS k (kind, id, rule, allowance)`,
  );
  await run(
    'progress',
    `INSERT INTO progress (shop_id, member_id, key, kind, have, need, completed_at)
      SELECT $1, md5('m' || n)::uuid, k.kind || ':' || k.key, k.kind, n % 4, 3, CASE WHEN n % 4 = 3 THEN now() END
      FROM generate_series(1, $2::int) n, LATERAL (VALUES ('challenge', 'explorer'), ('badge', 'fan'), ('streak', 'daily'))
        AS k (kind, key)`,
  );
  await run(
    'rewards',
    `WITH given AS (INSERT INTO redemptions (shop_id, id, member_id, request_key, purpose, points, state, held, held_points, reserved_at)
        SELECT $1, md5('r' || n)::uuid, md5('m' || n)::uuid, CASE n % 2 WHEN 0 THEN 'prize:challenge:explorer' ELSE 'key-' || n END,
          'reward', 0, 'reserved', '[]', 0, now() FROM generate_series(1, $2::int) n RETURNING id)
      INSERT INTO issued_rewards (shop_id, id, reward_key, programme_version, name, terms, origin, counts, making, asked_at,
        made_at)
      SELECT $1, id, 'five', 1, 'Five', '{"kind": "amount-off"}', 'points', true, 'made', now(), now() FROM given`,
  );
  await run(
    'referrals',
    `INSERT INTO referrals (shop_id, id, advocate_member_id, friend_member_id, code, visited_at, claimed_at, course, state)
      SELECT $1, md5('f' || n)::uuid, md5('m' || n)::uuid, md5('m' || n + 1)::uuid, 'code', now() - n * interval '1 second', now() - n * interval '1 second',
        '{"spentMinor": 100}', CASE n % 50 WHEN 0 THEN 'refused' ELSE 'rewarded' END FROM generate_series(1, $2::int) n`,
    0.5,
  );
  await run(
    'answers',
    `INSERT INTO activities (shop_id, member_id, kind, activity_id, occurred_at, told_at, content)
      SELECT $1, md5('m' || n)::uuid, 'answers', 'taste', now(), now(), '{"drink": "tea"}' FROM generate_series(1, $2::int) n`,
    0.5,
  );
  await run(
    'deliveries',
    `INSERT INTO deliveries (shop_id, webhook_id, shop_domain, topic, received_at, subject, lane, body, state, outcome, done_at)
      SELECT $1, 'webhook-' || n, 'bench', CASE n % 2 WHEN 0 THEN 'orders/create' ELSE 'orders/paid' END, now(), 'order:' || n, 1,
        '\\x7b7d', 'done', 'taken-in', now() FROM generate_series(1, $2::int) n`,
  );
  await run(
    'flags',
    `INSERT INTO order_flags (shop_id, order_id, kind, figures, raised_at, dismissed_at, dismissed_by)
      SELECT $1, n, 'refund-over-paid', '{"told": "1", "limit": "0", "currency": null, "of": ""}', now() - n * interval '1 second',
        CASE WHEN n % 20 <> 0 THEN now() END, CASE WHEN n % 20 <> 0 THEN 'staff:1' END FROM generate_series(1, $2::int) n`,
    0.2,
  );
  await client.query('VACUUM ANALYZE');
}
