import { expect, it } from 'vitest';
import { makeHistoryMemory } from '../../../app/storage/members/history-memory.ts';
import type { History } from '../../../app/storage/members/history-memory.ts';

/** A history of this many orders, none of them awarded. */
function ordersOnly(count: number): History {
  const standing = { orderId: '1', placedAt: 0, counts: true, test: false, changes: [], kept: [] };
  const standings = Array.from({ length: count }, (_, at) => ({
    ...standing,
    orderId: String(at),
  }));
  return { standings, awards: [], lots: [] };
}

it('remembers a long history as long as nobody else wrote the member', () => {
  const memory = makeHistoryMemory();
  const history = ordersOnly(300);
  memory.keep('1', 'anna', '700', history);
  expect(memory.take('2', { id: 'anna', version: '700' })).toBeNull();
  expect(memory.take('1', { id: 'anna', version: '700' })).toBe(history);
  expect(memory.take('1', { id: 'anna', version: '700' })).toBeNull();
  memory.keep('1', 'anna', '701', history);
  expect(memory.take('1', { id: 'anna', version: '702' })).toBeNull();
  expect(memory.take('1', { id: 'anna', version: '701' })).toBeNull();
});

it('reads short histories anew', () => {
  const memory = makeHistoryMemory();
  memory.keep('1', 'anna', '700', ordersOnly(299));
  expect(memory.take('1', { id: 'anna', version: '700' })).toBeNull();
});

it('forgets whom it met longest ago when it is full', () => {
  const memory = makeHistoryMemory(1_000);
  for (const id of ['anna', 'bert', 'cleo']) memory.keep('1', id, '700', ordersOnly(400));
  expect(memory.take('1', { id: 'anna', version: '700' })).toBeNull();
  expect(memory.take('1', { id: 'bert', version: '700' })).not.toBeNull();
  expect(memory.take('1', { id: 'cleo', version: '700' })).not.toBeNull();
  memory.keep('1', 'dora', '700', ordersOnly(1_001));
  expect(memory.take('1', { id: 'dora', version: '700' })).toBeNull();
});
