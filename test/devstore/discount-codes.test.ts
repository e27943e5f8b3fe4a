import { expect, test } from 'vitest';
import { discountInputs } from './discount-inputs.ts';

const asked = discountInputs();
const { create } = asked;

test('codes are added in the background, at most 250 at once, and taken ones are named', async () => {
  const made = await create({ code: 'MANY-0' });
  const id = made.codeDiscountNode?.id ?? '';
  const add = (wanted: readonly string[]) =>
    asked.shopify.graphql(
      `mutation ($id: ID!, $codes: [DiscountRedeemCodeInput!]!) {
        discountRedeemCodeBulkAdd(discountId: $id, codes: $codes) {
          bulkCreation { id done codesCount } userErrors { code } } }`,
      { id, codes: wanted.map((code) => ({ code })) },
    );
  const tooMany = await add(Array.from({ length: 251 }, (_, index) => `MANY-${index + 1}`));
  expect(tooMany.errors?.[0]?.message).toContain('maximum allowed of 250');
  const { data } = await add(['MANY-1', 'many-0']);
  const queued = (data?.['discountRedeemCodeBulkAdd'] as { bulkCreation: { id: string } })
    .bulkCreation;
  expect(queued).toMatchObject({ done: false, codesCount: 2 });
  const read = () =>
    asked.shopify.graphql(
      `{ discountRedeemCodeBulkCreation(id: "${queued.id}") { done importedCount failedCount
        codes(first: 5) { nodes { code errors { code } } } } }`,
    );
  await expect
    .poll(read)
    .toMatchObject({ data: { discountRedeemCodeBulkCreation: { done: true } } });
  expect((await read()).data).toEqual({
    discountRedeemCodeBulkCreation: {
      done: true,
      importedCount: 1,
      failedCount: 1,
      codes: {
        nodes: [
          { code: 'MANY-1', errors: [] },
          { code: 'many-0', errors: [{ code: 'TAKEN' }] },
        ],
      },
    },
  });
});

test('calls of one field fail in the way that was ordered, and others do not', async () => {
  const order = (fault: object) => asked.shopify.control('POST', '/faults', fault);
  await order({ kind: 'user-error', field: 'discountCodeDelete', code: 'INTERNAL_ERROR' });
  const made = await create();
  expect(made.userErrors).toEqual([]);
  const remove = `mutation { discountCodeDelete(id: "${made.codeDiscountNode?.id ?? ''}") {
    deletedCodeDiscountId userErrors { field code } } }`;
  expect((await asked.shopify.graphql(remove)).data).toEqual({
    discountCodeDelete: {
      deletedCodeDiscountId: null,
      userErrors: [{ field: null, code: 'INTERNAL_ERROR' }],
    },
  });
  await order({ kind: 'internal-error', field: 'discountCodeDelete' });
  expect((await asked.shopify.graphql(remove)).errors?.[0]?.extensions).toEqual({
    code: 'INTERNAL_SERVER_ERROR',
  });
  // The work was done all the same.
  expect((await asked.shopify.graphql(remove)).data).toMatchObject({
    discountCodeDelete: { userErrors: [{ code: 'INVALID' }] },
  });
});
