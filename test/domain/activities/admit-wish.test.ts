/** What members say of themselves, and what becomes of it by the programme in force (law 8). */
import { describe, expect, it } from 'vitest';
import { admitWish, birthday } from '../../../app/domain/activities/admit-wish.ts';
import type { Admitted } from '../../../app/domain/activities/admit-wish.ts';
import type { Wish } from '../../../app/domain/activities/wish.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { programme, shopWith } from '../fixtures.ts';
import { at, way } from './ways.ts';

const BERLIN = { currency: 'EUR', timeZone: 'Europe/Berlin' };
/** In Berlin it is the 6th already. */
const NOW = at('2026-03-05T23:30');

function admitted(
  said: Wish,
  earning: ProgrammeInput['earning'],
  over: Partial<ProgrammeInput> = {},
): Admitted {
  const [terms] = shopWith([[0, programme({ earning, ...over })]], BERLIN).versions;
  if (!terms) throw new Error('There is one.');
  return admitWish(said, terms, BERLIN, 'm1', NOW);
}

function becomes(said: Wish, ...earning: ProgrammeInput['earning']): unknown {
  const { ok, ...rest } = admitted(said, earning);
  return ok && 'activity' in rest ? rest.activity : rest;
}

const NOT_OFFERED = { refusal: { kind: 'not-offered' } };
const did = (kind: string, id: string, content: object = {}, state = 'approved'): object => ({
  ...{ kind, id, content, state, occurredAt: NOW, toldAt: NOW },
  ...{ withdrawnAt: null, decidedAt: null },
});

describe('a visit', () => {
  it('is one a day of the shop, where visits earn or keep a streak, and nothing elsewhere', () => {
    expect(becomes({ kind: 'visit' }, way('visit'))).toEqual(did('visit', '2026-03-06'));
    expect(becomes({ kind: 'visit' }, way('survey'))).toEqual(NOT_OFFERED);
    const streak = (...of: string[]) => ({
      streaks: [{ key: 'daily', name: 'Daily', enabled: true, of }],
    });
    expect(admitted({ kind: 'visit' }, [], streak('order', 'visit')).ok).toBe(true);
    expect(admitted({ kind: 'visit' }, [], streak('order')).ok).toBe(false);
    // A streak of visits wants nothing else.
    expect(admitted({ kind: 'survey', survey: 'a' }, [], streak('visit')).ok).toBe(false);
  });
});

describe('following and sharing', () => {
  it('count once for each network, and shares once a day besides', () => {
    const follow = way('social-follow', { network: 'instagram' });
    const share = way('social-share', { network: 'instagram' });
    const told = { network: 'instagram' } as const;
    expect(becomes({ kind: 'social-follow', ...told }, follow)).toEqual(
      did('social-follow', 'instagram', told),
    );
    expect(becomes({ kind: 'social-share', ...told }, share)).toEqual(
      did('social-share', 'instagram:2026-03-06', told),
    );
  });

  it('are wanted where the programme names this network, and this of the two', () => {
    const follow = way('social-follow', { network: 'instagram' });
    expect(becomes({ kind: 'social-follow', network: 'facebook' }, follow)).toEqual(NOT_OFFERED);
    expect(becomes({ kind: 'social-share', network: 'instagram' }, follow)).toEqual(NOT_OFFERED);
  });
});

describe('a survey', () => {
  it('is any, or the one that the programme names', () => {
    const said = { kind: 'survey', survey: 'first' } as const;
    expect(becomes(said, way('survey', { survey: '' }))).toEqual(did('survey', 'first'));
    expect(becomes(said, way('survey', { survey: 'first' }))).toEqual(did('survey', 'first'));
    expect(becomes(said, way('survey', { survey: 'second' }))).toEqual(NOT_OFFERED);
    expect(becomes(said, way('visit'))).toEqual(NOT_OFFERED);
  });
});

describe('a birthday', () => {
  const said = { kind: 'birthday', month: 2, day: 29 } as const;

  it('is kept with when it was told, each time it is', () => {
    expect(birthday({ month: 2, day: 29 }, NOW)).toEqual(
      did('birthday', '2026-03-05T23:30:00.000Z', { month: 2, day: 29 }),
    );
  });

  it('is wanted where birthdays earn, or a profile that asks for it', () => {
    const kept = birthday(said, NOW);
    expect(becomes(said, way('birthday'))).toEqual(kept);
    expect(becomes(said, way('profile', { birthday: true }))).toEqual(kept);
    expect(becomes(said, way('profile', { birthday: false, name: true }))).toEqual(NOT_OFFERED);
    expect(becomes(said, way('survey'))).toEqual(NOT_OFFERED);
  });
});

describe('a custom action', () => {
  const said = { kind: 'custom', action: 'beach-day', key: 'k1' } as const;
  const beach = (over: object = {}) =>
    way('custom', { action: 'beach-day', claimable: true, ...over });

  it('waits for somebody’s word, and the same key is the same claim', () => {
    const pending = did('custom', 'claim:m1:k1', { action: 'beach-day' }, 'pending');
    expect(becomes(said, beach())).toEqual(pending);
    expect(becomes({ ...said, note: '' }, beach())).toEqual(pending);
    const attachment = 'https://example.com/b.jpg';
    expect(becomes({ ...said, note: 'Here', attachment }, beach())).toEqual({
      ...{ ...pending, content: { action: 'beach-day', note: 'Here', attachment } },
    });
  });

  it('can be claimed only where the programme has it, and lets members claim it', () => {
    expect(becomes(said, beach({ action: 'hike' }))).toEqual(NOT_OFFERED);
    expect(becomes(said, beach({ claimable: false }))).toEqual(NOT_OFFERED);
    expect(becomes(said, way('visit'))).toEqual(NOT_OFFERED);
  });
});

describe('a receipt', () => {
  const said = { kind: 'receipt', number: 'a-1001', amount: '12.50' } as const;
  const on = (purchasedOn: string, over: object = {}): Wish => ({ ...said, purchasedOn, ...over });
  const receipts = (withinDays: number, key = 'receipt') => way('receipt', { withinDays }, { key });

  it('waits for somebody’s word under its number, with what was said of it', () => {
    const content = {
      ...{ number: 'a-1001', amount: '12.50', currency: 'EUR', purchasedOn: '2026-03-01' },
    };
    expect(becomes(on('2026-03-01'), receipts(30))).toEqual(
      did('receipt', 'A1001', content, 'pending'),
    );
    expect(becomes(on('2026-03-01'), way('visit'))).toEqual(NOT_OFFERED);
  });

  it('is of today at the latest, and of so many days ago at the earliest', () => {
    const days = (...told: string[]) => told.map((day) => admitted(on(day), [receipts(5)]).ok);
    expect(days('2026-03-06', '2026-03-01')).toEqual([true, true]);
    expect(becomes(on('2026-03-07'), receipts(5))).toEqual({ refusal: { kind: 'bad-date' } });
    expect(becomes(on('2026-02-28'), receipts(5))).toEqual({
      refusal: { kind: 'too-old', days: 5 },
    });
    // Where two rules take receipts, the longer time counts.
    expect(admitted(on('2026-02-24'), [receipts(5), receipts(10, 'more')]).ok).toBe(true);
    expect(becomes(on('2026-02-23'), receipts(5), receipts(10, 'more'))).toMatchObject({
      refusal: { days: 10 },
    });
  });

  it('is of more than nothing, as the shop’s currency is written', () => {
    for (const amount of ['0', '0.00', '1.234', 'x']) {
      expect(becomes(on('2026-03-01', { amount }), receipts(30))).toEqual({
        refusal: { kind: 'bad-amount' },
      });
    }
    expect(admitted(on('2026-03-01', { amount: '0.01' }), [receipts(30)]).ok).toBe(true);
  });
});
