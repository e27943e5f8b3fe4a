import { describe, expect, it } from 'vitest';
import {
  climb as climbWith,
  countedAt,
  standAt,
  standBefore,
} from '../../../app/domain/tiers/climb.ts';
import type { Ladder, Stand, TierWindow } from '../../../app/domain/tiers/climb.ts';
import type { Step } from '../../../app/domain/tiers/metric.ts';
import { addDays } from '../../../app/domain/time/shop-time.ts';
import { day } from '../fixtures.ts';
import { climber, ladderWith, rung } from './ladders.ts';

const zone = 'Europe/Berlin';
const bronze = rung('bronze', 0);
const silver = rung('silver', 200);
const gold = rung('gold', 500);

const ladder = (over: Partial<Ladder> = {}): Ladder =>
  ladderWith({ rungs: [bronze, silver, gold], ...over });

function climb(
  ladders: readonly Ladder[],
  steps: readonly Step[],
  now: number,
  timeZone: string,
): readonly Stand[] {
  return climbWith(ladders, steps, now, climber({ zone: timeZone })).stands;
}

function countNow(one: Ladder, steps: readonly Step[], now: number, timeZone: string): number {
  return countedAt(climbWith([one], steps, now, climber({ zone: timeZone })), one, now);
}

const rolling = (days: number): TierWindow => ({ kind: 'rolling', days });

function bought(at: number, spendMinor: number, countsFrom = at): Step {
  return { at, spendMinor, orders: 1, points: spendMinor, countsFrom };
}

const keys = (stands: readonly Stand[]): (string | null)[] =>
  stands.map((s) => s.rung?.key ?? null);

function on(ladders: Ladder[], steps: Step[], moment: number, now = moment): string | null {
  return standAt(climb(ladders, steps, now, zone), moment)?.rung?.key ?? null;
}

describe('going up (law 6.2)', () => {
  it('happens at once, at exactly what the tier needs', () => {
    const steps = [bought(day(10), 199), bought(day(20), 1)];
    expect(on([ladder()], steps, day(20) - 1)).toBe('bronze');
    expect(on([ladder()], steps, day(20))).toBe('silver');
  });

  it('passes tiers over where a purchase is large', () => {
    expect(keys(climb([ladder()], [bought(day(10), 900)], day(11), zone))).toEqual([
      'bronze',
      'gold',
    ]);
  });

  it('counts what was bought before the programme began', () => {
    expect(on([ladder()], [bought(day(0), 250)], day(1))).toBe('silver');
    expect(climb([ladder()], [], day(0), zone)).toEqual([]);
  });

  it('nobody stands anywhere where the ladder has no rung that low', () => {
    const [stand] = climb([ladder({ rungs: [silver] })], [bought(day(5), 100)], day(9), zone);
    expect(stand).toEqual({ from: day(1), since: day(1), rung: null, termEnds: null });
  });

  it('what happens later is not known yet', () => {
    expect(on([ladder()], [bought(day(20), 900)], day(19))).toBe('bronze');
  });

  it.each([
    ['spend', 'silver'],
    ['orders', 'bronze'],
    ['points', 'gold'],
  ])('by %s looks at nothing else', (metric, tier) => {
    const step: Step = { at: day(5), spendMinor: 200, orders: 2, points: 500, countsFrom: day(5) };
    expect(on([ladder({ metric })], [step], day(6))).toBe(tier);
  });
});

describe('the tier an order is placed under (law 1.7)', () => {
  it('is the one from before it: its own money counts for the next', () => {
    const stands = climb([ladder()], [bought(day(10), 250)], day(30), zone);
    expect(standBefore(stands, day(10))?.rung?.key).toBe('bronze');
    expect(standBefore(stands, day(10) + 1)?.rung?.key).toBe('silver');
    expect(standAt(stands, day(10))?.rung?.key).toBe('silver');
  });

  it('is none in the moment in which the programme begins, and the first right after', () => {
    const stands = climb([ladder()], [bought(day(1), 900)], day(30), zone);
    expect(standBefore(stands, day(1))).toBeNull();
    expect(standBefore(stands, day(1) + 1)?.rung?.key).toBe('gold');
    expect(standBefore([], day(1))).toBeNull();
  });
});

describe('a refund (law 6.1)', () => {
  const steps = [bought(day(10), 250), { ...bought(day(40), -100, day(10)), orders: 0 }];

  it('takes the tier away from its own moment on, and not before', () => {
    expect(on([ladder()], steps, day(40) - 1, day(50))).toBe('silver');
    expect(on([ladder()], steps, day(40), day(50))).toBe('bronze');
  });

  it('that leaves enough changes nothing, not even since when', () => {
    const little = [bought(day(10), 250), { ...bought(day(40), -50, day(10)), orders: 0 }];
    const last = climb([ladder()], little, day(50), zone).at(-1);
    expect(last).toMatchObject({ rung: silver, since: day(10) });
  });

  it('ends a term that the refunded order alone had brought', () => {
    const yearly = ladder({ window: rolling(365) });
    expect(on([yearly], steps, day(41))).toBe('bronze');
  });

  it('of an old order does not take away what newer ones brought', () => {
    const more = [...steps, bought(day(30), 200)];
    expect(on([ladder()], more, day(41))).toBe('silver'); // 150 + 200
  });
});

describe('a term (law 6.2)', () => {
  const yearly = ladder({ window: rolling(365) });

  it('of a rolling window ends with the window: what brought the tier does not bring it again', () => {
    const steps = [bought(day(10), 250)];
    const end = addDays(day(10), 365, zone);
    expect(climb([yearly], steps, day(11), zone).at(-1)?.termEnds).toBe(end);
    expect(on([yearly], steps, end - 1)).toBe('silver');
    expect(on([yearly], steps, end)).toBe('bronze');
  });

  it('begins anew where the window’s sum is enough again', () => {
    const end = addDays(day(10), 365, zone);
    const steps = [bought(day(10), 250), bought(day(300), 200)];
    const last = climb([yearly], steps, end, zone).at(-1);
    expect(last).toMatchObject({ rung: silver, since: day(10), termEnds: addDays(end, 365, zone) });
  });

  it('goes on where the member buys more without going up', () => {
    const steps = [bought(day(10), 250), bought(day(20), 10)];
    expect(climb([yearly], steps, day(30), zone).at(-1)).toMatchObject({
      from: day(10),
      termEnds: addDays(day(10), 365, zone),
    });
  });

  it('of a calendar year lasts to the end of the next one, at the shop’s midnight', () => {
    const calendar = ladder({ window: { kind: 'calendar-year' } });
    const steps = [bought(day(10), 250)];
    const end = Date.parse('2028-01-01T00:00:00+01:00');
    expect(climb([calendar], steps, day(11), zone).at(-1)?.termEnds).toBe(end);
    expect(on([calendar], steps, end - 1)).toBe('silver');
    expect(on([calendar], steps, end)).toBe('bronze');
    // What was bought in 2027 keeps the tier through 2028, as it does for who bought it as their first.
    const again = [...steps, bought(end - 1, 200)];
    const kept = {
      rung: silver,
      since: day(10),
      termEnds: Date.parse('2029-01-01T00:00:00+01:00'),
    };
    expect(climb([calendar], again, end, zone).at(-1)).toMatchObject(kept);
    const first = climb([calendar], again.slice(1), end, zone).at(-1);
    expect(first).toMatchObject({ ...kept, since: end - 1 });
    const tooLate = [...steps, bought(end, 199)];
    expect(on([calendar], tooLate, end)).toBe('bronze');
  });

  it('of a lifetime has no end', () => {
    const last = climb([ladder()], [bought(day(10), 250)], day(9999), zone).at(-1);
    expect(last).toMatchObject({ rung: silver, termEnds: null });
  });
});

describe('grace (law 6.2)', () => {
  const kind = ladder({ window: rolling(100), graceDays: 30 });
  const end = addDays(day(10), 100, zone);
  const graceEnd = addDays(end, 30, zone);

  it('keeps the tier for its days after the term, and says where the member would go', () => {
    const steps = [bought(day(10), 600)];
    expect(climb([kind], steps, end, zone).at(-1)).toEqual({
      from: end,
      since: day(10),
      rung: gold,
      termEnds: graceEnd,
      lapsesTo: bronze,
    });
    expect(on([kind], steps, graceEnd - 1)).toBe('gold');
    expect(on([kind], steps, graceEnd)).toBe('bronze');
  });

  it('ends at once with a new term when the member qualifies again', () => {
    const steps = [bought(day(10), 250), bought(end + 5, 200)];
    const last = climb([kind], steps, end + 6, zone).at(-1);
    expect(last).toMatchObject({ rung: silver, since: day(10), from: end + 5 });
    expect(last?.termEnds).toBe(addDays(end + 5, 100, zone));
    expect(last).not.toHaveProperty('lapsesTo');
  });

  it('goes to the better of what was reached at the term’s end and at its own', () => {
    const half = [bought(day(10), 600), bought(day(60), 250)];
    // At the term's end 250 of the last 100 days make silver; at the end of grace they still do.
    expect(climb([kind], half, end, zone).at(-1)).toMatchObject({ lapsesTo: silver });
    expect(on([kind], half, graceEnd)).toBe('silver');
    // What the term's end gave stays given, though it has left the window by the end of grace.
    const early = [bought(day(10), 600), bought(day(15), 250)];
    expect(on([kind], early, graceEnd)).toBe('silver');
    const inGrace = [bought(day(10), 600), bought(end + 5, 250)];
    expect(climb([kind], inGrace, end + 5, zone).at(-1)).toMatchObject({
      rung: gold,
      lapsesTo: bronze,
    });
    expect(on([kind], inGrace, graceEnd)).toBe('silver');
  });

  it('is not needed where the tier is the lowest', () => {
    expect(climb([kind], [], day(300), zone).at(-1)).toMatchObject({ rung: bronze });
  });
});

describe('publishing another ladder (law 6.4)', () => {
  const stricter = ladder({
    from: day(50),
    rungs: [bronze, rung('silver', 300, { multiplier: '2' }), gold],
  });

  it('lowers nobody, and raises who reaches a tier that became easier', () => {
    const steps = [bought(day(10), 250)];
    expect(on([ladder(), stricter], steps, day(60))).toBe('silver');
    const easier = ladder({ from: day(50), rungs: [bronze, silver, rung('gold', 250)] });
    expect(on([ladder(), easier], steps, day(60))).toBe('gold');
  });

  it('gives the tier its new multiplier from then on, and leaves older moments their own', () => {
    const stands = climb([ladder(), stricter], [bought(day(10), 250)], day(60), zone);
    expect(standAt(stands, day(49))?.rung).toEqual(silver);
    expect(standAt(stands, day(50))?.rung).toEqual(rung('silver', 300, { multiplier: '2' }));
    expect(stands.at(-1)?.since).toBe(day(10));
  });

  it('asks for the new sum at the end of the present term', () => {
    const yearly = { window: rolling(365) };
    const ladders = [ladder(yearly), { ...stricter, ...yearly }];
    const steps = [bought(day(10), 210), bought(day(20), 250)];
    const end = addDays(day(10), 365, zone);
    expect(on(ladders, steps, end - 1)).toBe('silver');
    expect(on(ladders, steps, end)).toBe('bronze'); // 250 of the 300 it asks for now
  });

  it('without a tier moves its members to what they reach', () => {
    const without = ladder({ from: day(50), rungs: [bronze, gold] });
    const steps = [bought(day(10), 250)];
    expect(on([ladder(), without], steps, day(50) - 1)).toBe('silver');
    expect(on([ladder(), without], steps, day(50))).toBe('bronze');
    const none = ladder({ from: day(50), rungs: [] });
    expect(on([ladder(), none], steps, day(50))).toBeNull();
  });

  it('that is not in force yet changes nothing', () => {
    expect(on([ladder(), stricter], [bought(day(10), 250)], day(49))).toBe('silver');
    expect(climb([ladder({ from: day(50) })], [], day(49), zone)).toEqual([]);
  });
});

describe('what counts now', () => {
  const steps = [bought(day(1), 100), bought(day(40), 20), bought(day(400), 3)];
  it.each<[TierWindow, number, number]>([
    [{ kind: 'lifetime' }, day(400), 123],
    [rolling(360), day(400), 3], // day 40 is 360 days ago, and no longer in
    [rolling(361), day(400), 23],
    [{ kind: 'calendar-year' }, day(365), 120],
    [{ kind: 'calendar-year' }, day(400), 3],
    [{ kind: 'lifetime' }, day(399), 120],
  ])('in a window of %o is what it holds', (window, now, sum) => {
    expect(countNow(ladder({ window }), steps, now, zone)).toBe(sum);
  });

  it('a year begins at the shop’s midnight', () => {
    const newYear = Date.parse('2026-12-31T23:00:00Z'); // midnight in Berlin
    const calendar = ladder({ window: { kind: 'calendar-year' } });
    const around = [bought(newYear - 1, 5), bought(newYear, 7)];
    expect(countNow(calendar, around, newYear, zone)).toBe(7);
    expect(countNow(calendar, around, newYear, 'America/New_York')).toBe(12);
  });

  it('by a metric that this build does not know is nothing', () => {
    expect(countNow(ladder({ metric: 'likes' }), steps, day(400), zone)).toBe(0);
  });
});
