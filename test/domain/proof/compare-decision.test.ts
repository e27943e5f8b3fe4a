/** The proof: whatever is kept of a member otherwise than the engine says is found, and named. */
import { describe, expect, it } from 'vitest';
import { deed } from '../../../app/domain/activities/activity.ts';
import { ordersPlaced } from '../../../app/domain/goals/orders-placed.ts';
import { membershipRow } from '../../../app/domain/memberships/held.ts';
import { booksOf } from '../../../app/domain/points/books.ts';
import type { Books } from '../../../app/domain/points/books.ts';
import { compareDecision } from '../../../app/domain/proof/compare-decision.ts';
import type { KeptProgress, KeptState } from '../../../app/domain/proof/compare-decision.ts';
import { ladderRows } from '../../../app/domain/tiers/missing.ts';
import { board } from '../leaderboards/boards.ts';
import { gameInput } from '../games/game-settings.ts';
import { day, Member, order, programme, shopWith, tiers } from '../fixtures.ts';
import { badge } from '../goals.ts';
import { club } from '../memberships/terms-bought.ts';

const now = day(20);
/** Who bought for $100, and visited; in a programme with a bit of everything. */
function lived(): Member {
  const streak = { key: 'daily', name: 'Daily', enabled: true, of: ['visit'] };
  const document = programme({
    tiers: tiers([['gold', '50', '1']]),
    badges: [badge(1, 5, { kind: 'orders', settings: { ...ordersPlaced.defaults, count: 1 } })],
    streaks: [streak],
    games: [gameInput({ entry: { perOrder: { tickets: 2, by: 'order' } } })],
    leaderboards: [board()],
    memberships: [club(null)],
  });
  const member = new Member(shopWith([[day(1), document]], { timeZone: 'UTC' }));
  member.boardName = 'listed';
  return member.order(order({ placedAt: day(10) }), now).did(deed('visit', 'v', now), now);
}

/** What is kept when the decision was written. */
function keptOf(member: Member): KeptState {
  const { decision } = member.decide(now, []);
  if (!decision) throw new Error('It was decided.');
  const { stand, progress, ladder, memberships, streaks, tickets } = decision;
  const { state, joinedAt, joinedBy } = decision.membership;
  const rows: KeptProgress[] = [
    ...progress.map(({ key, have, need, counted, completedAt, until, details }) => ({
      ...{ key, have, need, counted, completedAt, until, details },
    })),
    ...(ladder ? ladderRows(ladder) : []).map((row) => ({
      ...row,
      completedAt: null,
      details: null,
    })),
    ...(memberships ?? []).map((row) => ({ ...membershipRow(row), details: null })),
    ...(streaks ?? []).map((row) => ({ ...row, details: null })),
    ...(tickets ?? []).map((row) => ({ ...row, completedAt: null, until: null, details: null })),
  ];
  return {
    memberId: 'm1',
    tierKey: stand?.rung?.key ?? null,
    tierSince: stand?.rung ? stand.since : null,
    tierDueAt: stand?.termEnds ?? null,
    dueAt: decision.dueAt,
    membership: { state, joinedAt, joinedBy },
    redemptions: [...member.redemptions.values()],
    awards: [...member.awards.values()],
    progress: rows,
    scores: decision.scores ?? [],
    isClosed: () => false,
  };
}

const member = lived();
const kept = keptOf(member);
const { decision } = member;
if (!decision) throw new Error('It was decided.');
const figures = { available: 100, pending: 0, debt: 0, lastSeq: 1, earnedTotal: 100 };
const quiet: Books = booksOf({ ...figures, lots: [] });
const found = (over: Partial<KeptState>, books = quiet, proposed: object = {}): readonly string[] =>
  compareDecision({ ...kept, ...over }, { books, decision: { ...decision, ...proposed } }).map(
    ({ law, memberId, figure }) => `${law} ${memberId} ${figure}`,
  );

describe('the engine is run again over a member', () => {
  it('and proposes nothing where all is as it was written', () => {
    expect(found({})).toEqual([]);
    const rows = kept.progress.map(({ key }) => key.split(':', 1)[0]);
    expect([...new Set(rows)].sort()).toEqual(['badge', 'game', 'streak', 'tier', 'tier-kept']);
    expect(kept.scores).toHaveLength(1);
  });

  it.each<[string, Partial<KeptState>]>([
    ['tier', { tierKey: 'silver' }],
    ['tier', { tierKey: null }],
    ['in the tier since', { tierSince: day(11) }],
    ['end of the term', { tierDueAt: day(99) }],
    ['next due', { dueAt: null }],
    ['membership', { membership: { ...kept.membership, joinedAt: day(3) } }],
    ['progress badge:fan', { progress: kept.progress.filter(({ key }) => key !== 'badge:fan') }],
    ['progress tier', { progress: kept.progress.filter(({ key }) => key !== 'tier') }],
  ])('and finds another %s', (figure, over) => {
    expect(found(over)).toEqual([`I12 m1 ${figure}`]);
  });

  it.each(['badge:fan', 'tier', 'streak:daily', 'game:wheel'])('and finds another %s', (key) => {
    const odd = kept.progress.map((row) => (row.key === key ? { ...row, have: 77 } : row));
    expect(found({ progress: odd })).toEqual([`I12 m1 progress ${key}`]);
  });

  it.each([
    ['badge:gone', true],
    ['challenge:gone', true],
    ['streak:gone', true],
    ['game:gone', true],
    ['membership:gone', false],
    ['other', false],
  ])('and finds the row %s that is not due any more: %s', (key, isFound) => {
    const row = {
      key,
      have: 1,
      need: 2,
      counted: [],
      completedAt: null,
      until: null,
      details: null,
    };
    const told = found({ progress: [...kept.progress, row] });
    expect(told).toEqual(isFound ? [`I12 m1 progress ${key}`] : []);
  });

  it('and finds a score that is another, missing or too many, unless its season is closed', () => {
    const [score] = kept.scores;
    if (!score) throw new Error('There is one.');
    const figure = 'I12 m1 score in top@2026-01';
    const odd = { scores: [{ ...score, score: score.score + 1 }] };
    expect(found(odd)).toEqual([figure]);
    expect(found({ scores: [] })).toEqual([figure]);
    expect(found({ scores: [score, { ...score, season: '2025-12' }] })).toEqual([
      'I12 m1 score in top@2025-12',
    ]);
    expect(found({ ...odd, isClosed: (season) => season === 'top@2026-01' })).toEqual([]);
    expect(found({ ...odd, isClosed: (season) => season === 'top@2025-12' })).toEqual([figure]);
  });

  it('and finds an award, a redemption and a referral that would be written', () => {
    const [award] = kept.awards;
    if (!award) throw new Error('There is one.');
    const key = `${award.sourceKind}:${award.sourceId}:${award.ruleKey}`;
    const [told] = compareDecision(
      { ...kept, awards: [award] },
      { books: quiet, decision: { ...decision, awards: [{ ...award, posted: 7 }] } },
    );
    expect(told).toMatchObject({
      law: 'I8',
      kept: expect.stringContaining('"posted":100') as string,
    });
    expect(told?.proved).toContain('"posted":7');
    expect(told?.figure).toContain('award ');
    expect(found({ awards: [] }, quiet, { awards: [award] })).toHaveLength(1);
    // What is not there and what is null are the same.
    const { allowance, ...without } = award;
    expect(allowance).toBeNull();
    expect(found({ awards: [without] }, quiet, { awards: [award] })).toEqual([]);
    expect(key).toBe('order:501:order');
    expect(found({}, quiet, { referrals: [{ id: '9', standing: {} }] })).toEqual([
      'I12 m1 referral 9',
    ]);
    expect(found({}, quiet, { redemptions: [{ id: 'r1' }] })).toEqual(['I12 m1 redemption r1']);
  });

  it('and finds an entry that is missing, or else a date of a lot that is another', () => {
    const books = lived().books;
    const [entry] = books.entries;
    expect(found({}, { ...quiet, entries: books.entries.slice(0, 1) })).toEqual([
      'I8 m1 entry that is missing',
    ]);
    const [difference] = compareDecision(kept, {
      ...{ books: { ...quiet, entries: books.entries.slice(0, 1) }, decision },
    });
    expect(difference?.proved).toBe(
      `${entry?.points} ${entry?.from} to ${entry?.to} (${entry?.key})`,
    );
    const [lot] = books.lots;
    if (!lot) throw new Error('There is one.');
    expect(found({}, { ...quiet, touchedLots: new Set([lot]) })).toEqual([
      `I12 m1 date of lot ${lot.lot}`,
    ]);
    expect(
      found({}, { ...quiet, entries: books.entries.slice(0, 1), touchedLots: new Set([lot]) }),
    ).toEqual(['I8 m1 entry that is missing']);
  });
});
