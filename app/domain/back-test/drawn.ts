/**
 * What the members who were looked at so far drew on the budgets of campaigns, by the campaign's key,
 * in each world of a back-test: kept after every batch, so that a budget is spent once over everybody.
 */
import { z } from 'zod';
import type { Budgets } from '../earning/budgets.ts';

const points = z.record(z.string(), z.int()).default({});

/** `published` is what publishing would draw beside what is drawn already. */
export const drawnSchema = z.object({ before: points, after: points, published: points });

export type Drawn = z.infer<typeof drawnSchema>;
export type DrawnInOne = Drawn['before'];

/** The budgets as they stand at the beginning, with what was drawn since. */
export function withDrawn(budgets: Budgets, drawn: DrawnInOne): Budgets {
  const held = new Map(budgets.held);
  for (const [key, more] of Object.entries(drawn)) held.set(key, (held.get(key) ?? 0) + more);
  return { held };
}

/** What was drawn by now: what was drawn until this batch, and what the batch changed. */
export function drawnAfter(drawn: DrawnInOne, begun: Budgets, ended: Budgets): DrawnInOne {
  const by = { ...drawn };
  for (const [key, held] of ended.held) {
    const more = held - (begun.held.get(key) ?? 0);
    if (more !== 0) by[key] = (by[key] ?? 0) + more;
  }
  return by;
}
