/**
 * What production waits seconds for, a test waits a minute for: a busy machine is no fault of what is
 * tested. Whoever tests impatience itself brings its own.
 */
import type { createEdge } from '../../app/edge/edge.ts';
import type { PoolSettings } from '../../app/db.server.ts';

const MINUTE_MS = 60_000;

export const PATIENT_EDGE: NonNullable<Parameters<typeof createEdge>[1]> = {
  bodyMs: MINUTE_MS,
  answerMs: MINUTE_MS,
  droppedRestMs: MINUTE_MS,
};

export function patientPool(max: number, applicationName: string): PoolSettings {
  const waits = { statementTimeoutMs: MINUTE_MS, connectionTimeoutMs: MINUTE_MS };
  return { max, ...waits, applicationName };
}
