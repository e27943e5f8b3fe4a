import { expect, it } from 'vitest';
import { subjectOf } from '../../app/edge/subject.ts';

it.each([
  ['disputes/create', { id: 9, order_id: 7, status: 'lost' }, 'order:7'],
  ['disputes/update', { id: 9, order_id: null }, 'disputes/update'],
  ['orders/edited', { order_edit: { id: 9, order_id: 7 } }, 'order:7'],
  ['orders/delete', { id: 7 }, 'order:7'],
  ['orders/fulfilled', { id: 7, customer: { id: 5 } }, 'customer:5'],
])('%s is about %j', (topic, body, subject) => {
  expect(subjectOf(topic, Buffer.from(JSON.stringify(body)))).toBe(subject);
});
