/** What answering brings, and that the same answers in any order bring the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { question, quiz } from './quizzes.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { answersGiven } from '../../../app/domain/quizzes/answers.ts';
import { day, faultsOf, Member, order, programme, shopWith, tiers } from '../fixtures.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

type Shop = Parameters<typeof shopWith>[0];
const said = (at: number, drink: string, quizKey = 'taste'): Activity =>
  answersGiven(quizKey, new Map([['drink', drink.split(' ')]]), null, at);
const shop = (...versions: Shop) => shopWith(versions);
const with50 = programme({ quizzes: [quiz()] });

describe('answering', () => {
  it('brings the prize once: 50 for tea on the 5th, and nothing more for coffee on the 9th (law 10.6)', () => {
    const member = new Member(shop([day(1), with50])).did(said(day(5), 'tea'));
    expect(member.moves).toEqual([50]);
    member.did(said(day(9), 'coffee')).did(said(day(5), 'tea'));
    expect(member.moves).toEqual([50]);
    expect(member.award('quiz', 'taste', 'taste')).toMatchObject({
      posted: 50,
      occurredAt: day(5),
      explanation: { because: 'quiz-answered', ruleName: 'Taste' },
    });
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('goes by the version in force when it was first answered (law 10.6)', () => {
    const dearer = programme({ quizzes: [quiz({ prize: { points: 80 } })] });
    const versions = shop([day(1), with50], [day(7), dearer]);
    const early = new Member(versions).did(said(day(5), 'tea')).did(said(day(9), 'coffee'));
    const late = new Member(versions).did(said(day(9), 'coffee'));
    expect([early.moves, late.moves]).toEqual([[50], [80]]);
    const without = shop([day(1), with50], [day(7), programme()]);
    const kept = new Member(without).did(said(day(5), 'tea'));
    const never = new Member(without).did(said(day(9), 'tea'));
    expect([kept.moves, never.moves]).toEqual([[50], []]);
  });

  it('of an answer from before the programme, of what is switched off, and of a stranger brings nothing', () => {
    const off = programme({ quizzes: [quiz({ enabled: false })] });
    expect(new Member(shop([day(6), with50])).did(said(day(5), 'tea')).moves).toEqual([]);
    expect(new Member(shop([day(1), off])).did(said(day(5), 'tea')).moves).toEqual([]);
    const joined = programme({
      quizzes: [quiz()],
      membership: { policy: 'opted-in', tag: '', claimDays: 0 },
    });
    const stranger = new Member(shop([day(1), joined])).did(said(day(5), 'tea'));
    expect(stranger.moves).toEqual([]);
    stranger.optedInAt = day(6);
    expect(stranger.did(said(day(7), 'tea', 'other')).moves).toEqual([]);
    stranger.optedInAt = day(4);
    expect(stranger.decide(day(100)).moves).toEqual([50]);
  });

  it('with right answers asks for as many: two of three right are enough for two, one is not (law 10.6)', () => {
    const questions = ['first', 'second', 'third'].map((key) =>
      question(key, ['yes', 'no'], { right: ['yes'] }),
    );
    const hard = programme({ quizzes: [quiz({ questions, settings: { leastRight: 2 } })] });
    const told = (...keys: string[]): Activity =>
      answersGiven(
        'taste',
        new Map(['first', 'second', 'third'].map((key, at) => [key, [keys[at] ?? 'no']])),
        null,
        day(5),
      );
    const two = new Member(shop([day(1), hard])).did(told('yes', 'no', 'yes'));
    const one = new Member(shop([day(1), hard])).did(told('yes', 'no', 'no'));
    expect([two.moves, one.moves]).toEqual([[50], []]);
  });

  it('gives rewards and badges, which are no more when the answers are no more', () => {
    const first = firstDraft('x');
    const giving = programme({
      badges: first.badges.map((badge) => ({ ...badge, bonusPoints: 20 })),
      rewards: writtenRewards({ key: 'tea-bag', kind: 'perk', points: 10 }),
      quizzes: [quiz({ prize: { points: 0, reward: 'tea-bag', badge: 'super-fan' } })],
    });
    const member = new Member(shop([day(1), giving])).did(said(day(5), 'tea'));
    expect([...member.redemptions.values()]).toMatchObject([{ purpose: 'tea-bag', points: 0 }]);
    expect(member.moves).toEqual([20]);
    expect(member.decision?.progress).toMatchObject([{ completedAt: day(5) }]);
  });

  it('taken back as another member’s, the points go back, and come again with the answers', () => {
    const member = new Member(shop([day(1), with50])).did(said(day(5), 'tea'));
    member.activities.clear();
    expect(member.decide(day(20)).moves).toEqual([50, -50]);
    expect(member.did(said(day(5), 'tea')).moves).toEqual([50, -50, 50]);
  });
});

describe('a badge or a challenge', () => {
  const asking = (settings: object) =>
    programme({
      quizzes: [quiz(), quiz({ key: 'colour', prize: {} })],
      badges: [
        {
          ...{ key: 'fan', kind: 'answers', name: 'Fan', enabled: true, bonusPoints: 7 },
          settings: { answer: '', count: 1, ...settings },
        },
      ],
    });
  const gets = (settings: object, ...told: Activity[]): number[] => {
    const member = new Member(shop([day(1), asking(settings)]));
    for (const one of told) member.did(one);
    return member.moves.filter((points) => Math.abs(points) === 7);
  };

  it('asks for answering so many, a certain one, or in a certain way (law 10.6)', () => {
    const both = [said(day(5), 'tea'), said(day(6), 'tea', 'colour')];
    expect(gets({ count: 2 }, ...both)).toEqual([7]);
    expect(gets({ count: 2 }, ...both.slice(1))).toEqual([]);
    expect(gets({ answer: 'colour' }, ...both.slice(1))).toEqual([7]);
    expect(gets({ answer: 'colour' }, ...both.slice(0, 1))).toEqual([]);
    expect(gets({ answer: 'taste/drink/tea' }, ...both)).toEqual([7]);
    expect(gets({ answer: 'taste/drink/coffee' }, ...both)).toEqual([]);
    expect(gets({ answer: 'taste/drink/water' }, said(day(5), 'tea water'))).toEqual([7]);
  });

  it('is lost with an answer that is changed to another', () => {
    const changed = [said(day(5), 'tea'), said(day(9), 'coffee')];
    expect(gets({ answer: 'taste/drink/tea' }, ...changed)).toEqual([7, -7]);
  });
});

it('the same answers, told in any order and again, end in the same books', () => {
  const ladder = tiers([['gold', '50', '2']]);
  const versions = shop(
    [day(1), programme({ quizzes: [quiz()], tiers: ladder })],
    [day(8), programme({ quizzes: [quiz({ prize: { points: 80 } })], tiers: ladder })],
  );
  const steps: ((member: Member) => unknown)[] = [
    (member) => member.did(said(day(6), 'tea')),
    (member) => member.did(said(day(9), 'coffee')),
    (member) => member.did(said(day(4), 'water')),
    (member) => member.order(order({ placedAt: day(5) })),
  ];
  const end = (told: readonly ((member: Member) => unknown)[]) => {
    const member = new Member(versions);
    for (const step of told) step(member);
    expect(faultsOf(member.books)).toEqual([]);
    return [member.books.available, member.award('quiz', 'taste', 'taste')?.posted, member.tier];
  };
  const calm = end(steps);
  expect(calm).toEqual([150, 50, 'gold']);
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 6 }), (again) => {
      const shuffled = [...again.map((at) => steps[at]!), ...steps.toReversed()];
      expect(end(shuffled)).toEqual(calm);
    }),
    { numRuns: 40 },
  );
});
