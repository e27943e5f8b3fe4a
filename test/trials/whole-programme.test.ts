/**
 * Properties of the whole engine at once: tiers by each metric and window, limits, campaigns, points
 * that wait, expiry, badges, challenges, rewards for tiers, over orders that are edited by nobody's plan.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SEED, size, trial } from './trial.ts';
import { someLife, someProgramme } from './whole-programme.ts';
import type { Fact } from './whole-programme.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { awardKey } from '../../app/domain/points/awards.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { day, faultsOf, Member, order, shopWith } from '../domain/fixtures.ts';

/** After everything that can happen to the facts. */
const NOW = day(100);
const RUNS = size(60, 2_000);
const runs = { seed: SEED, numRuns: RUNS };
const patient = { timeout: size(300_000, 1_800_000) };

function memberOf(document: ProgrammeInput): Member {
  const member = new Member(shopWith([[day(5), programmeDocument.parse(document)]]));
  member.createdAt = day(6);
  return member;
}

function tell(member: Member, fact: Fact, now = NOW): void {
  if ('order' in fact) member.order(fact.order, now);
  else if ('review' in fact) member.review(fact.review, now);
  else member.did(fact.activity, now);
}

/** Balances, tier, progress and awards; a step that came and went is no difference. */
function booksOf(member: Member): object {
  const { books, decision, awards } = member;
  return {
    balance: balanceOf(member),
    earnedTotal: books.earnedTotal,
    progress: decision?.progress,
    streaks: decision?.streaks,
    ladder: decision?.ladder,
    since: decision?.stand?.since,
    awards: [...awards.values()]
      .map(({ posted, tierKey, programmeVersion, explanation, steps, ...award }) => ({
        ...{ key: awardKey(award), posted, tierKey, programmeVersion, explanation },
        steps: steps.filter(([, points]) => points !== 0),
      }))
      .filter(({ steps }) => steps.length > 0)
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

function balanceOf(member: Member): object {
  const { available, pending, debt } = member.books;
  return { net: available - debt, pending, tier: member.tier };
}

function after(document: ProgrammeInput, told: readonly Fact[]): Member {
  const member = memberOf(document);
  for (const fact of told) {
    tell(member, fact);
    expect(faultsOf(member.books)).toEqual([]);
  }
  return member;
}

/** The same facts, each twice, in any order. */
const shuffled = someLife.chain((life) => {
  const whole = { minLength: life.length * 2, maxLength: life.length * 2 };
  return fc.tuple(fc.constant(life), fc.shuffledSubarray([...life, ...life], whole));
});

it(
  'the same facts in any order, each twice, end in the same books, and no state between is wrong',
  patient,
  () =>
    trial('Any order', async () => {
      fc.assert(
        fc.property(someProgramme(false), shuffled, (document, [life, anyhow]) => {
          expect(booksOf(after(document, anyhow))).toEqual(booksOf(after(document, life)));
        }),
        runs,
      );
      return { lives: RUNS, differences: 0 };
    }),
);

it('where points expire, late facts leave the same balance and the same tier', patient, () =>
  trial('Any order, with expiry', async () => {
    fc.assert(
      fc.property(someProgramme(true), shuffled, (document, [life, anyhow]) => {
        expect(balanceOf(after(document, anyhow))).toEqual(balanceOf(after(document, life)));
      }),
      runs,
    );
    return { lives: RUNS, differences: 0 };
  }),
);

it('told day by day or all at once, the books are the same', patient, () =>
  trial('In parts, and in one', async () => {
    fc.assert(
      fc.property(someProgramme(false), someLife, (document, life) => {
        const parts = memberOf(document);
        for (const [index, fact] of life.entries()) {
          tell(parts, fact, day(60) + index * DAY);
          expect(faultsOf(parts.books)).toEqual([]);
        }
        const atOnce = memberOf(document);
        for (const fact of life) {
          if ('order' in fact) continue;
          if ('review' in fact) atOnce.reviews.set(fact.review.id, fact.review);
          else atOnce.did(fact.activity, NOW);
        }
        for (const fact of life) if ('order' in fact) atOnce.order(fact.order, NOW);
        expect(booksOf(atOnce.decide(NOW))).toEqual(booksOf(parts.decide(NOW)));
      }),
      runs,
    );
    return { lives: RUNS, differences: 0 };
  }),
);

it(
  'nobody gets points by buying, spending and giving everything back, and spending makes no debt',
  patient,
  () =>
    trial('Buying and refunding', async () => {
      let spent = 0;
      fc.assert(
        fc.property(
          someProgramme(false),
          someLife,
          fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }),
          (document, life, shares) => {
            const member = memberOf(document);
            let redeemed = 0;
            for (const [index, fact] of life.entries()) {
              tell(member, fact);
              const share = shares[index % shares.length] ?? 0;
              const points = Math.floor((member.books.available * share) / 100);
              if (points === 0 || member.books.debt > 0) continue;
              member.redeem(points, NOW);
              redeemed += points;
              expect(member.books.debt).toBe(0);
              expect(faultsOf(member.books)).toEqual([]);
            }
            for (const { snapshot, id } of [...member.orders.values()]) {
              if (!snapshot) continue;
              const cancelledAt = day(90);
              const back = { ...snapshot, updatedAt: cancelledAt, cancelledAt };
              member.order(order(back, { orderId: id }), NOW);
            }
            expect(faultsOf(member.books)).toEqual([]);
            const without = memberOf(document);
            for (const fact of life) if (!('order' in fact)) tell(without, fact);
            const { available, pending, debt } = member.books;
            const { books } = without.decide(NOW);
            expect(available + pending - debt + redeemed).toBe(books.available + books.pending);
            spent += redeemed;
          },
        ),
        runs,
      );
      expect(spent).toBeGreaterThan(RUNS);
      return { lives: RUNS, spent };
    }),
);
