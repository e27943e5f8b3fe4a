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
const verdicts = new Map<string, string | undefined>();
const MOST_VERDICTS = 2_000;
let violations: string[] = [];

type Sending = (...parts: unknown[]) => unknown;
const client = pg.Client.prototype as { query: Sending };
// The files of a worker share its modules: what the file before this one put here is put aside.
const UNRECORDED = Symbol.for('laurel: pg.Client.query as it is');
const kept = globalThis as { [UNRECORDED]?: Sending };
const send = (kept[UNRECORDED] ??= client.query);
client.query = function recordingQuery(this: unknown, ...parts: unknown[]): unknown {
  const sql = textOf(parts[0]);
  const wrong = sql === undefined ? undefined : verdictOn(sql);
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

/** The same statements come again and again, and reading one takes longer than some take to send. */
function verdictOn(sql: string): string | undefined {
  if (verdicts.has(sql)) return verdicts.get(sql);
  const verdict = judgeStatement(sql, tenantTables, crossShop);
  if (verdicts.size < MOST_VERDICTS) verdicts.set(sql, verdict);
  return verdict;
}

/** A statement comes as text, as `{ text }`, or as an object that submits itself, such as a cursor. */
function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null || !('text' in query)) return undefined;
  return typeof query.text === 'string' ? query.text : undefined;
}
