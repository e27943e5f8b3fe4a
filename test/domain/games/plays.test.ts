/** Plays as they are kept among what a member did, and read again (law 10.5). */
import { describe, expect, it } from 'vitest';
import { deed } from '../../../app/domain/activities/activity.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import {
  ageActivity,
  ageConfirmed,
  playActivity,
  playsOf,
} from '../../../app/domain/games/plays.ts';
import type { Play } from '../../../app/domain/games/plays.ts';
import { day } from '../fixtures.ts';

const play: Play = {
  ...{ id: 'd1', at: day(20), game: 'wheel', epoch: '2026-01-20', as: 'draw', route: 'order' },
  ...{ ref: '501', place: 2, version: 1, prize: 'ten', requestKey: 'k' },
};
const kept = (over: Activity['content']): Activity => {
  const activity = playActivity(play);
  return { ...activity, content: { ...activity.content, ...over } };
};

describe('plays', () => {
  it('are read as they were written, the oldest first, and of two at once by their ids', () => {
    const plays = [
      { ...play, id: 'c', at: day(21), as: 'ticket', route: 'free', ref: null, prize: null },
      { ...play, id: 'b', at: day(20), as: 'win', route: 'points' },
      { ...play, id: 'a', at: day(20), route: 'tier' },
    ] as const;
    expect(playsOf(plays.map(playActivity))).toEqual([...plays].reverse());
    const [c, b, a] = plays;
    expect(playsOf([a, c, b].map(playActivity)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('are nothing else that a member did, and nothing that was withdrawn or not seen', () => {
    expect(playsOf([deed('visit', 'd1', day(20), playActivity(play).content)])).toEqual([]);
    expect(playsOf([{ ...playActivity(play), withdrawnAt: day(21) }])).toEqual([]);
    expect(playsOf([{ ...playActivity(play), occurredAt: null }])).toEqual([]);
    expect(playsOf([ageActivity(18, day(1))])).toEqual([]);
  });

  it.each([
    [{ game: 5 }],
    [{ epoch: 5 }],
    [{ version: '1' }],
    [{ route: 'luck' }],
    [{ as: 'prize' }],
  ] as const)('that say %j are none', (over) => {
    expect(playsOf([kept({})])).toEqual([play]);
    expect(playsOf([kept(over)])).toEqual([]);
  });

  it('without an order, a place, a prize or a request stand all the same', () => {
    const bare = kept({ ref: 1, place: 'x', prize: 1, requestKey: 1 });
    expect(playsOf([bare])).toEqual([
      { ...play, ref: null, place: 0, prize: null, requestKey: '' },
    ]);
  });
});

describe('an age', () => {
  it('is the highest that was confirmed, and none where nobody said one', () => {
    const said = [16, 21, 18].map((age) => ageActivity(age, day(age)));
    expect(ageConfirmed(said)).toBe(21);
    expect(ageConfirmed([playActivity(play)])).toBe(0);
  });

  it('is not read from what is no confirmation', () => {
    const [own] = [ageActivity(18, day(1))];
    const others: Activity[] = [
      { ...own, occurredAt: null },
      { ...own, id: 'd1' },
      { ...own, kind: 'visit' },
      { ...own, content: { age: '18' } },
    ];
    expect(others.map((one) => ageConfirmed([one]))).toEqual([0, 0, 0, 0]);
    expect(ageConfirmed([own])).toBe(18);
  });
});
