/** What staff see of what is played: figures, the calendar, results of quizzes, and who would have it today. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { ordersPlaced } from '../../app/domain/goals/orders-placed.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import { shopDay } from '../../app/domain/time/shop-time.ts';
import { answerQuiz } from '../../app/operations/answer-quiz.ts';
import { loader as memberPage } from '../../app/routes/app.members.$memberId/route.tsx';
import { loader as part } from '../../app/routes/app.play.$list.$key/route.tsx';
import { loader as overview } from '../../app/routes/app.play._index/route.tsx';
import { loader as totals } from '../../app/routes/app.play.figures.ts';
import { action as preview } from '../../app/routes/app.programme_.reach.ts';
import { loader as quizPage } from '../../app/routes/app.quizzes.$key/route.tsx';
import { loader as results } from '../../app/routes/app.quizzes.$key_.results.ts';
import { loader as quizList } from '../../app/routes/app.quizzes._index/route.tsx';
import type { ReachTally } from '../../app/domain/back-test/reach-tally.ts';
import { question, quiz } from '../domain/quizzes/quizzes.ts';
import { badge, challenge, paying } from '../domain/goals.ts';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const TWO_STEPS = challenge(1, 50, {
  ...{ key: 'tour', kind: 'several', name: 'Tour', prizeReward: 'tea' },
  settings: {
    ...{ how: 'all', least: 1 },
    goals: [
      { kind: 'orders', name: 'Buy', settings: { ...ordersPlaced.defaults, count: 1 } },
      { kind: 'answers', name: 'Tell', settings: { answer: '', count: 1 } },
    ],
  },
});
const programme = paying({
  challenges: [
    TWO_STEPS,
    challenge(3, 10, {
      ...{ key: 'weekly', name: 'Weekly', window: { kind: 'recurring', every: 'week' } },
      endsAt: '2026-12-02T23:00:00Z',
    }),
  ],
  quizzes: [
    quiz({
      questions: [
        question(
          'drink',
          ['=tea', 'coffee'].map((key) => key.replace('=', '')),
        ),
      ],
    }),
  ],
  rewards: writtenRewards({ key: 'tea', kind: 'perk', points: 10 }),
});

let road: Road;
let context: AppLoadContext;
const people: { readonly customerId: string; readonly memberId: string }[] = [];

beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish(programme);
  await road.settle();
  for (const who of ['ann', 'bo', 'cy']) {
    const { id } = createCustomer(road.store, { email: `${who}@example.com`, firstName: who });
    await road.settle();
    const [row] = await road.query<{ id: string }>(
      `SELECT id FROM members WHERE customer_id = $1`,
      [id],
    );
    people.push({ customerId: id, memberId: row?.id ?? '' });
  }
  road.clock.advance(60_000);
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  for (const { customerId } of people.slice(0, 2)) {
    road.store.placeOrder({
      buyer: { customerId },
      lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
    });
  }
  await road.settle();
  road.clock.advance(60_000);
  const shopper = { shopId: road.shopId, customerId: people[0]?.customerId ?? '' };
  await answerQuiz(road.world, shopper, { quiz: 'taste', answers: { drink: 'tea' } });
  await road.settle();
});
afterAll(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

type Route = (args: {
  request: Request;
  context: AppLoadContext;
  params: Record<string, string>;
}) => Promise<unknown>;

async function ask<T>(
  route: Route,
  {
    path = '/app',
    params = {},
    body,
  }: { path?: string; params?: Record<string, string>; body?: unknown } = {},
): Promise<{ status: number; body: T; text: string }> {
  const request = adminRequest(path, idToken(road.store.domain), body);
  const response = await answerOf(() => route({ request, context, params }));
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: (text.startsWith('{') ? JSON.parse(text) : {}) as T,
  };
}

describe('what is played', () => {
  it('is shown with who began, who is through, and what it cost', async () => {
    const { body } = await ask<{ figures: object; worthOf100: string }>(totals);
    expect(body.figures).toMatchObject({
      // Two bought, one of them answered: 50 points and a tea, which is had at once.
      'challenges:tour': { begun: 2, done: 1, points: 50, rewards: 1, rewardsUsed: 1 },
      'quizzes:taste': { begun: 1, done: 1, points: 50, rewards: 0 },
    });
  });

  it('tells of a challenge of several steps where members stop, and what they bought meanwhile', async () => {
    const params = { list: 'challenges', key: 'tour' };
    const { body } = await ask<Record<string, unknown>>(part, { params });
    expect(body).toMatchObject({
      reach: {
        completed: 1,
        steps: [
          { name: 'Buy', begun: 2, done: 2 },
          { name: 'Tell', begun: 1, done: 1 },
        ],
      },
      orders: { orders: 2, members: 2 },
    });
    const reach = body['reach'] as { underWay: readonly number[] };
    expect(reach.underWay.reduce((sum, members) => sum + members, 0)).toBe(1);
    expect((await ask(part, { params: { ...params, key: 'none' } })).status).toBe(404);
    expect((await ask(part, { params: { list: 'orders', key: 'tour' } })).status).toBe(404);
  });

  it('stands in a calendar, each round of what comes again by itself', async () => {
    interface Line {
      readonly key: string;
      readonly windows: readonly { readonly startsAt: number; readonly endsAt: number }[];
    }
    const { body } = await ask<{ calendar: readonly Line[]; lines: readonly { key: string }[] }>(
      overview,
      { path: '/app/play?view=month&day=2026-11-20' },
    );
    expect(body.lines.map(({ key }) => key)).toEqual(['tour', 'weekly', 'taste']);
    const weekly = body.calendar.find(({ key }) => key === 'weekly');
    // From Friday, 20 November, and from the Mondays of the 23rd and the 30th, by the shop’s clock.
    expect(weekly?.windows.map(({ startsAt }) => shopDay(startsAt, 'Europe/Berlin'))).toEqual([
      '2026-11-20',
      '2026-11-23',
      '2026-11-30',
    ]);
    const december = await ask<{ calendar: readonly Line[] }>(overview, {
      path: '/app/play?view=month&day=2026-12-20',
    });
    const [last] = december.body.calendar.find(({ key }) => key === 'weekly')?.windows ?? [];
    expect(last?.endsAt).toBe(Date.parse('2026-12-02T23:00:00Z'));
  });
});

describe('a quiz', () => {
  it('shows how it was answered, and exports counts, and who only when that is asked for', async () => {
    const listed = await ask<{ quizzes: readonly object[] }>(quizList);
    expect(listed.body.quizzes).toMatchObject([{ key: 'taste', state: 'running', members: 1 }]);
    const params = { key: 'taste' };
    const page = await ask<object>(quizPage, { params });
    expect(page.body).toMatchObject({
      ...{ published: true, weighted: false },
      tally: { members: 1, questions: [{ choices: [{ members: 1 }, { members: 0 }] }] },
    });
    const counts = await ask(results, { params });
    expect(counts.text).toBe(
      'question,answer,members,weight\r\ndrink?,TEA,1,1\r\ndrink?,COFFEE,0,0\r\n',
    );
    const audited = () =>
      road.query(`SELECT actor, subject FROM audit WHERE action = 'answers-listed'`);
    expect(await audited()).toEqual([]);
    const who = await ask(results, { params, path: '/app?of=members' });
    expect(who.text).toContain(`${people[0]?.customerId},ann,ann@example.com,`);
    expect(await audited()).toEqual([{ actor: 'staff:42', subject: 'quiz:taste' }]);
  });

  it('whose words begin like a formula is safe in a spreadsheet', async () => {
    const spiked = quiz({
      key: 'spiked',
      questions: [
        {
          ...question('q', ['a', 'b']),
          text: '=HYPERLINK("http://x")',
          choices: [
            { key: 'a', text: '+1' },
            { key: 'b', text: '-1' },
          ],
        },
      ],
    });
    const [draft] = await road.query<{ document: object }>(`SELECT document FROM programme_drafts`);
    await road.query(`UPDATE programme_drafts SET document = $1`, [
      JSON.stringify({ ...draft?.document, quizzes: [...programme.quizzes, spiked] }),
    ]);
    const { text } = await ask(results, { params: { key: 'spiked' } });
    expect(text.split('\r\n')[1]).toBe(`"'=HYPERLINK(""http://x"")",'+1,0,0`);
    await road.query(`UPDATE programme_drafts SET document = $1`, [
      JSON.stringify(draft?.document),
    ]);
  });

  it('is told on the page of the member who answered', async () => {
    const { body } = await ask<{ answers: readonly object[] }>(memberPage, {
      params: { memberId: people[0]?.memberId ?? '' },
    });
    expect(body.answers).toMatchObject([
      { name: 'Taste', answers: [{ question: 'drink?', chosen: ['TEA'] }] },
    ]);
  });
});

describe('who would have it today', () => {
  interface Told {
    readonly ok: boolean;
    readonly tally: ReachTally;
    readonly cursor: string | null;
    readonly refusal: { readonly kind: string; readonly faults?: readonly { place: string }[] };
  }
  const wish = (list: string, key: string, document: unknown) => ({
    ...{ list, key, document, after: null, now: null },
  });
  const asked = async (body: object): Promise<Told> => (await ask<Told>(preview, { body })).body;
  const buyers = (count: number, over: object = {}) =>
    programmeDocument.parse({
      ...programme,
      badges: [
        badge(1, 5, {
          ...{ key: 'buyer', kind: 'orders', settings: { ...ordersPlaced.defaults, count } },
          ...over,
        }),
      ],
    });

  it('is found out of a badge as it is typed, and nothing is written', async () => {
    const before = await road.query(`SELECT xmin::text FROM members ORDER BY id`);
    const one = await asked(wish('badges', 'buyer', buyers(1)));
    expect(one).toMatchObject({
      ...{ ok: true, cursor: null },
      tally: { members: 3, shares: { done: 2, none: 1 } },
    });
    expect(new Set(one.tally.examples.map(({ memberId }) => memberId))).toEqual(
      new Set(people.slice(0, 2).map(({ memberId }) => memberId)),
    );
    const four = await asked(wish('badges', 'buyer', buyers(4)));
    expect(four.tally.shares).toMatchObject({ done: 0, quarter: 2, none: 1 });
    expect(await road.query(`SELECT xmin::text FROM members ORDER BY id`)).toEqual(before);
    expect(await road.query(`SELECT 1 FROM progress WHERE key LIKE 'badge:%'`)).toEqual([]);
  });

  it('is as if everybody took part in a challenge that members have to join', async () => {
    const joined = { ...TWO_STEPS, joining: 'opt-in', capacity: 1, backfill: false };
    const document = { ...programme, challenges: [joined] };
    const told = await asked(wish('challenges', 'tour', document));
    expect(told.tally.shares).toMatchObject({ done: 1, half: 1, none: 1 });
  });

  it('says what is wrong with it, and does not care for what else is half typed', async () => {
    const refusal = async (document: unknown, key = 'buyer') =>
      (await asked(wish('badges', key, document))).refusal;
    expect(await refusal(buyers(1), 'other')).toEqual({ kind: 'unknown' });
    expect(await refusal(buyers(1, { enabled: false }))).toEqual({ kind: 'switched-off' });
    expect(await refusal({ nothing: true })).toEqual({ kind: 'unreadable' });
    const [typed] = buyers(1).badges;
    const half = { ...typed, settings: { ...typed?.settings, count: '' } };
    expect(await refusal({ ...buyers(1), badges: [half] })).toMatchObject({
      kind: 'invalid',
      faults: [{ place: 'badges.0.settings.count' }],
    });
    const elsewhere = { ...buyers(1), name: '', tiers: { ...buyers(1).tiers, metric: 'x' } };
    expect(await asked(wish('badges', 'buyer', elsewhere))).toMatchObject({
      tally: { shares: { done: 2 } },
    });
    expect((await ask(preview, { body: { list: 'rewards' } })).status).toBe(400);
  });

  it('goes on from the last member that was looked at', async () => {
    const ids = people.map(({ memberId }) => memberId).sort();
    const told = await asked({ ...wish('badges', 'buyer', buyers(1)), after: ids[1] });
    expect(told.tally.members).toBe(1);
  });
});
