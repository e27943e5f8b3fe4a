import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loader as download } from '../../app/routes/app.data-requests.$requestId.ts';
import { loader as page } from '../../app/routes/app.members.$memberId/route.tsx';
import { loader as list } from '../../app/routes/app.members._index/route.tsx';
import { action } from '../../app/routes/app.merges.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { joinProgramme } from '../../app/operations/sign-in.ts';
import type { MemberStanding } from '../../app/queries/member-standing.ts';
import { waitingForStaff } from '../../app/queries/waiting-for-staff.ts';
import { creditCustomer } from '../../devstore/state/credit/store-credit.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { requestCustomerData } from '../../devstore/state/customers/privacy.ts';
import type { Customer } from '../../devstore/state/customer.ts';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { memberOf, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
let context: AppLoadContext;
let mia: Customer;
let kim: Customer;
let ids: { mia: string; kim: string };
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  const { membership } = firstDraft('Road');
  await road.publish({ membership: { ...membership, policy: 'opted-in' } });
  await road.settle();
  road.clock.advance(60_000);
  mia = createCustomer(road.store, { email: 'mia@road.example', firstName: 'Mia' });
  kim = createCustomer(road.store, { email: 'kim@road.example', firstName: 'Kim' });
  await road.settle();
  await joinProgramme(road.world, { shopId: road.shopId, customerId: mia.id });
  await road.settle();
  ids = { mia: (await memberOf(road, mia.id)).id, kim: (await memberOf(road, kim.id)).id };
});
afterAll(() => road.close());

const token = (): string => idToken(road.store.domain);
const ask = async (
  wish: unknown,
  as: string | null = token(),
): Promise<Record<string, unknown>> => {
  const request = adminRequest('/app/merges', as, wish);
  const answer = await answerOf(() => action({ request, context, params: {} }));
  return { status: answer.status, ...((await answer.json().catch(() => ({}))) as object) };
};
const standingOf = async (memberId: string): Promise<MemberStanding> => {
  const request = adminRequest(`/app/members/${memberId}`, token());
  const answer = await answerOf(() => page({ request, context, params: { memberId } }));
  return ((await answer.json()) as { standing: MemberStanding }).standing;
};

describe('a member’s page in the admin', () => {
  it('says how they joined, and that others have not', async () => {
    expect(await standingOf(ids.mia)).toMatchObject({ membership: 'joined', joinedBy: 'opt-in' });
    expect(await standingOf(ids.kim)).toMatchObject({ membership: 'not-joined', joinedAt: null });
    const request = adminRequest('/app/members', token());
    const answer = await answerOf(() => list({ request, context, params: {} }));
    const { members } = (await answer.json()) as { members: { id: string; membership: string }[] };
    expect(members.find(({ id }) => id === ids.kim)?.membership).toBe('not-joined');
  });

  it('shows a merge before it is made, makes it with a reason, and undoes it', async () => {
    const look = { wish: 'look', keptId: ids.mia, other: 'nobody@road.example' };
    expect(await ask(look)).toMatchObject({ refusal: { kind: 'nobody-found' } });
    const self = await ask({ ...look, other: 'mia@road.example' });
    expect(self).toMatchObject({ refusal: { kind: 'same-member' } });
    const shown = await ask({ ...look, other: 'kim@road.example' });
    expect(shown).toMatchObject({
      ok: true,
      goneId: ids.kim,
      preview: { after: { available: 100 } },
    });
    const merge = { wish: 'merge', keptId: ids.mia, goneId: ids.kim, reason: '' };
    expect(await ask(merge)).toMatchObject({ refusal: { kind: 'no-reason' } });
    expect(await ask({ ...merge, reason: 'one person' })).toMatchObject({ ok: true });
    const { merges, aliases } = await standingOf(ids.mia);
    expect(merges).toMatchObject([{ goneName: 'Kim', by: 'staff:42', reason: 'one person' }]);
    expect(aliases).toEqual([kim.id]);
    const undo = { wish: 'undo', mergeId: merges[0]?.id };
    expect(await ask(undo, null)).toMatchObject({ status: 302 });
    expect(await ask(undo)).toMatchObject({ ok: true, spent: 0 });
    expect(await ask(undo)).toMatchObject({ refusal: { kind: 'already-undone' } });
  });

  it('says why Shopify would not merge them, and shows the merge all the same where Shopify is silent', async () => {
    const look = { wish: 'look', keptId: ids.mia, other: 'kim@road.example' };
    expect(await ask(look)).toMatchObject({ ok: true, blocks: [] });
    const credit = { currency: road.store.shop.currency, amountMinor: 500, expiresAt: null };
    creditCustomer(road.store, { customerId: kim.id, ...credit });
    expect(await ask(look)).toMatchObject({
      ok: true,
      blocks: [{ customerId: kim.id, fields: ['STORE_CREDIT'] }],
    });
    road.devstore.faults.order('error', 1, null, { field: 'customer' });
    expect(await ask(look)).toMatchObject({ ok: true, goneId: ids.kim, blocks: [] });
  });

  it('shows a request for data with its date, and hands the answer out to staff only', async () => {
    expect((await waitingForStaff(road.world, road.shopId)).requests).toEqual([]);
    requestCustomerData(road.store, mia.id);
    await road.settle();
    const asked = (await waitingForStaff(road.world, road.shopId)).requests;
    expect(asked).toMatchObject([{ memberId: ids.mia, member: 'Mia' }]);
    const [request] = (await standingOf(ids.mia)).dataRequests;
    expect(request).toMatchObject({ kept: true, fetchedAt: null });
    const fetchIt = (as: string | null): Promise<Response> =>
      answerOf(() =>
        download({
          request: adminRequest(`/app/data-requests/${request?.requestId ?? ''}`, as),
          context,
          params: { requestId: request?.requestId ?? '' },
        }),
      );
    expect((await fetchIt(null)).status).not.toBe(200);
    const answer = await fetchIt(token());
    expect(answer.headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="customer-data-\d+\.json"$/,
    );
    expect(await answer.text()).toContain('mia@road.example');
    expect((await standingOf(ids.mia)).dataRequests[0]?.fetchedAt).not.toBeNull();
    expect((await waitingForStaff(road.world, road.shopId)).requests).toEqual([]);
  });
});
