/** A shop that moves to another time zone: every date of its members is the new calendar's. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { programmeDocument, firstDraft } from '../../app/domain/programme/document.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { updateShop } from '../../devstore/state/shops/change-shop.ts';

let road: Road;
beforeEach(async () => {
  road = await openRoad();
});
afterEach(() => road.close());

it('moves every date with it, once, and the proof finds nothing (laws 3.1, 4.2 and 6.2)', async () => {
  const { tiers, ...draft } = firstDraft('Road');
  const levels = [{ key: 'silver', name: 'Silver', need: '1', multiplier: '1' }];
  const window = { kind: 'rolling', days: 200 } as const;
  const expiry = {
    kind: 'lot',
    length: 30,
    unit: 'days',
    noticeDays: 0,
    reminderDays: [],
  } as const;
  const document = { ...draft, tiers: { ...tiers, levels, window }, badges: [], challenges: [] };
  await road.publish(programmeDocument.parse({ ...document, expiry, maturityDays: 120 }));
  await road.settle();
  road.clock.advance(60_000);
  const customer = createCustomer(road.store, { email: 'ada@road.example' });
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  road.store.placeOrder({
    buyer: { customerId: customer.id },
    lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
  });
  await road.settle();
  const { id } = await memberOf(road, customer.id);
  const dates = () =>
    road.query<{ source_kind: string; available_at: Date; expires_at: Date | null }>(
      `SELECT source_kind, available_at, expires_at FROM lots WHERE member_id = $1 ORDER BY source_kind`,
      [id],
    );
  const term = async (): Promise<string | undefined> => {
    const [row] = await road.query<{ at: Date }>(
      `SELECT tier_due_at AS at FROM members WHERE id = $1`,
      [id],
    );
    return row?.at.toISOString();
  };
  const at = (text: string): Date => new Date(`${text}Z`);
  const minute = '12:01:00.000';
  // Bought at 13:01 in Berlin on 20 November: in 120 days it is 13:01 again, still in winter. The welcome
  // ends with 20 December.
  expect(await dates()).toEqual([
    {
      source_kind: 'join',
      available_at: at(`2026-11-20T${minute}`),
      expires_at: at('2026-12-20T23:00'),
    },
    { source_kind: 'order', available_at: at(`2027-03-20T${minute}`), expires_at: null },
  ]);
  expect(await term()).toBe('2027-06-08T11:01:00.000Z'); // 13:01, in summer

  road.clock.advance(60_000);
  updateShop(road.store, { ianaTimezone: 'America/New_York' });
  await road.settle();
  // 07:01 in New York, where it is summer already on 20 March; the day there ends six hours later.
  expect(await dates()).toEqual([
    {
      source_kind: 'join',
      available_at: at(`2026-11-20T${minute}`),
      expires_at: at('2026-12-21T05:00'),
    },
    { source_kind: 'order', available_at: at('2027-03-20T11:01:00.000'), expires_at: null },
  ]);
  expect(await term()).toBe('2027-06-08T11:01:00.000Z');
  expect(await proof(road)).toEqual([]);

  // Told again, the zone is what it was: nobody is looked at once more.
  const decided = await road.query(`SELECT decided_at FROM members`);
  road.clock.advance(60_000);
  updateShop(road.store, { ianaTimezone: 'America/New_York' });
  await road.settle();
  expect(await road.query(`SELECT decided_at FROM members`)).toEqual(decided);
});
