/** A gift to many members at once: what is given, to whom, and how far it is. */
import { z } from 'zod';
import { segmentShape } from '../segments/segment.ts';

export const MOST_GIFT_POINTS = 1_000_000;
export const MOST_GIFT_LINES = 100_000;

const shopDay = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

export const giftContent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('points'),
    /** For each member, where the file says nothing else. */
    points: z.int().min(1).max(MOST_GIFT_POINTS),
    /** The last of the shop's days on which they can be spent; null for as the programme says. */
    lastDay: shopDay.nullable(),
  }),
  z.strictObject({ kind: z.literal('badge'), badge: z.string().max(60) }),
  z.strictObject({ kind: z.literal('reward'), reward: z.string().max(60) }),
]);
export type GiftContent = z.infer<typeof giftContent>;

export const giftAudience = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('segment'), segment: segmentShape }),
  z.strictObject({ kind: z.literal('file'), name: z.string().max(255) }),
]);
export type GiftAudience = z.infer<typeof giftAudience>;

export const giftWish = z.strictObject({
  /** Shown to the member with what they were given. */
  reason: z.string().trim().min(1).max(100),
  content: giftContent,
  audience: giftAudience,
});
export type GiftWish = z.infer<typeof giftWish>;

/**
 * `preparing`: it is found out who gets it. `ready`: that was shown, nothing is given yet. `running`,
 * `paused`, `given`; `undoing` takes back what was not used, `undone` is the end of that. `failed`: who
 * gets it could not be found out.
 */
export const GIFT_STATES = [
  'preparing',
  'ready',
  'running',
  'paused',
  'given',
  'undoing',
  'undone',
  'cancelled',
  'failed',
] as const;
export type GiftState = (typeof GIFT_STATES)[number];

export const GIFT_STEPS = ['start', 'pause', 'resume', 'cancel', 'undo'] as const;
export type GiftStep = (typeof GIFT_STEPS)[number];

/** Where a step of the staff leads; null where it makes no sense. What was given stays given when cancelled. */
export function stateAfter(state: GiftState, step: GiftStep): GiftState | null {
  switch (step) {
    case 'start':
      return state === 'ready' ? 'running' : null;
    case 'pause':
      return state === 'running' ? 'paused' : null;
    case 'resume':
      return state === 'paused' ? 'running' : null;
    case 'cancel':
      return ['preparing', 'ready', 'running', 'paused'].includes(state) ? 'cancelled' : null;
    case 'undo':
      return ['given', 'cancelled'].includes(state) ? 'undoing' : null;
  }
}

/** What becomes of one line: a member of the segment, or a line of the file. */
export const LINE_STATES = ['read', 'planned', 'refused', 'given', 'kept', 'undone'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** Why a line is not given. */
export const LINE_REFUSALS = [
  'unreadable',
  'bad-points',
  'unknown',
  'ambiguous',
  'not-joined',
  'gone',
  'twice',
  'out-of-stock',
  'not-offered',
  'has-it',
] as const;
export type LineRefusal = (typeof LINE_REFUSALS)[number];
