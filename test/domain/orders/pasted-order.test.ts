import { describe, expect, it } from 'vitest';
import { pastedOrder } from '../../../app/domain/orders/pasted-order.ts';

describe('what is put into the field of an order', () => {
  it('is a name or a number, with what was copied around it taken away', () => {
    for (const text of ['#1001', '  #1001\n', '\uFEFF#1001']) {
      expect(pastedOrder(text)).toEqual({ kind: 'name', name: '#1001' });
    }
  });

  it('is the body of a webhook as it was written, to the last digit of its id', () => {
    const body = '{ "id": 9223372036854775807, "name": "#1" }';
    expect(pastedOrder(` ${body}\n`)).toEqual({ kind: 'body', body });
    // The REST API puts it into another one.
    expect(pastedOrder(`{"order": ${body} }`)).toEqual({ kind: 'body', body });
  });

  it('is no order’s name where it is JSON of something else, or broken', () => {
    for (const body of ['[1, 2]', '{"id": 1,', '{}', '{"order": null}']) {
      expect(pastedOrder(body)).toEqual({ kind: 'body', body });
    }
  });

  it('is told from what GraphQL answers', () => {
    const order = { id: 'gid://shopify/Order/1', name: '#1' };
    for (const body of [{ data: { order } }, { order }, order]) {
      expect(pastedOrder(JSON.stringify(body))).toEqual({ kind: 'graphql' });
    }
  });
});
