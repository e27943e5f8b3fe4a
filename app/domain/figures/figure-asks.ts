/** What is counted of the whole of a shop, with all that the figures depend on. */
import { z } from 'zod';

const texts = z.array(z.string());
/** "challenge:explorer". */
const name = z.string();

const kinds = [
  z.object({ kind: z.literal('home'), timeZone: z.string() }),
  z.object({ kind: z.literal('play') }),
  z.object({ kind: z.literal('reach'), name }),
  z.object({ kind: z.literal('streak'), name: z.string(), lengths: z.array(z.int()) }),
  z.object({
    kind: z.literal('orders'),
    name,
    from: z.number(),
    /** Null: they go on. */
    until: z.number().nullable(),
    /** Goods that a goal is about, as an order's standing names them; where none is named, all are. */
    goods: z.object({
      ...{ product: texts, collection: texts, type: texts, vendor: texts, tag: texts },
    }),
  }),
  z.object({ kind: z.literal('campaigns') }),
  z.object({ kind: z.literal('rewards'), currency: z.string() }),
  z.object({ kind: z.literal('referrals') }),
  z.object({ kind: z.literal('games') }),
  z.object({ kind: z.literal('quizzes') }),
  z.object({ kind: z.literal('answers'), name: z.string() }),
] as const;

export const figureAsks = z.discriminatedUnion('kind', kinds);
export type FigureAsks = z.infer<typeof figureAsks>;
export type FigureKind = FigureAsks['kind'];
export type AsksOf<Kind extends FigureKind> = Extract<FigureAsks, { readonly kind: Kind }>;

/** Whose figures they are among all of a shop: "reach:challenge:explorer". */
export function figuresName(asks: FigureAsks): string {
  return 'name' in asks ? `${asks.kind}:${asks.name}` : asks.kind;
}

/** How old shown figures are. */
export interface FiguresAge {
  /** Whether some are being counted for the first time, and are not there yet. */
  readonly counting: boolean;
  /** The moment of the oldest; null: all are as of now. */
  readonly asOf: number | null;
}
