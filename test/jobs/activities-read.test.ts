/** What of members is read from Shopify, because no webhook tells it, or its message was lost. */
import { describe, expect, it } from 'vitest';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { setMetafields } from '../../devstore/state/metafields/write-metafields.ts';
import { programmeOf, way } from '../domain/activities/ways.ts';
import { memberOf, openRoad } from '../support/road.ts';

describe('consent to the newsletter (law 8)', () => {
  it('is found in the customers’ history when its message was lost', async () => {
    const fresh = await openRoad({ elapsedMs: () => performance.now() * 1000 });
    await fresh.publish(programmeOf(way('newsletter', { points: 40 })));
    fresh.clock.advance(600_000);
    fresh.devstore.courier.knobs.set({ drop: 1 });
    const made = createCustomer(fresh.store, { email: 'lee@example.com', acceptsMarketing: true });
    await fresh.settle();
    fresh.devstore.courier.knobs.set({ drop: 0 });
    await fresh.readHistory();
    expect((await memberOf(fresh, made.id)).available).toBe(40);
    await fresh.close();
  });
});

describe('a birthday (law 8)', () => {
  it('is read from Shopify where the programme says so, without its year', async () => {
    const fresh = await openRoad();
    await fresh.publish(programmeOf(way('birthday', { points: 200, fromShopify: true })));
    const made = createCustomer(fresh.store, { firstName: 'Ana', email: 'ana@example.com' });
    const ownerId = `gid://shopify/Customer/${made.id}`;
    const birthDate = { ownerId, namespace: 'facts', key: 'birth_date', type: 'date' };
    setMetafields(fresh.store, [], [{ ...birthDate, value: '1990-12-20' }]);
    await fresh.settle();
    const { id } = await memberOf(fresh, made.id);
    const rows = await fresh.query(
      `SELECT content FROM activities WHERE member_id = $1 AND kind = 'birthday'`,
      [id],
    );
    expect(rows).toEqual([{ content: { month: 12, day: 20 } }]);
    fresh.clock.set('2026-12-20T12:00:00Z');
    await fresh.passTime();
    expect((await memberOf(fresh, made.id)).available).toBe(200);
    await fresh.close();
  });
});
