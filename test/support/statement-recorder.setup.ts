/**
 * Sees every statement that a test sends through `pg` (Prisma's adapter does too) and fails the test if
 * one touches a tenant table without a shop. The statement itself still runs: the code under test may
 * catch what it throws, and must not be able to hide it that way.
 */
import pg from 'pg';
import { afterAll, afterEach, inject } from 'vitest';
import { crossShopJobs } from './cross-shop-jobs.ts';
import { judgeStatement } from './judge-statement.ts';

const tenantTables = new Set(inject('tenantTables'));
const crossShop = new Set(Object.keys(crossShopJobs));
let violations: string[] = [];

type Sending = (...parts: unknown[]) => unknown;
const client = pg.Client.prototype as { query: Sending };
// The files of a worker share its modules: what the file before this one put here is put aside.
const UNRECORDED = Symbol.for('laurel: pg.Client.query as it is');
const kept = globalThis as { [UNRECORDED]?: Sending };
const send = (kept[UNRECORDED] ??= client.query);
client.query = function recordingQuery(this: unknown, ...parts: unknown[]): unknown {
  const sql = textOf(parts[0]);
  const wrong = sql === undefined ? undefined : judgeStatement(sql, tenantTables, crossShop);
  if (wrong !== undefined) violations.push(`${wrong}:\n${sql}\n${new Error().stack ?? ''}`);
  return send.apply(this, parts);
};

afterEach(refuseViolations);
afterAll(refuseViolations);

function refuseViolations(): void {
  const found = violations;
  violations = [];
  if (found.length > 0) {
    throw new Error(`Statements that do not keep to their shop:\n${found.join('\n')}`);
  }
}

/** A statement comes as text, as `{ text }`, or as an object that submits itself, such as a cursor. */
function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null || !('text' in query)) return undefined;
  return typeof query.text === 'string' ? query.text : undefined;
}
