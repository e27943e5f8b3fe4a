/** How often somebody may call: more is refused until the window is over. */
import { countRequest } from '../storage/requests/count-request.ts';
import type { World } from '../world.ts';

const WINDOW_MS = 60_000;

/** A shopper clicks; a program may be busy. */
export const MOST_A_MINUTE = { shopper: 30, 'api-key': 600, visitor: 30, guess: 5 } as const;

export type Allowed =
  { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number };

export async function allowRequest(
  world: World,
  shopId: string,
  who: keyof typeof MOST_A_MINUTE,
  id: string,
): Promise<Allowed> {
  const now = world.now();
  const { count, windowEnds } = await countRequest(
    world.db(shopId),
    shopId,
    `${who}:${id}`,
    new Date(now),
    WINDOW_MS,
  );
  if (count <= MOST_A_MINUTE[who]) return { ok: true };
  return {
    ok: false,
    retryAfterSeconds: Math.max(1, Math.ceil((windowEnds.getTime() - now) / 1000)),
  };
}
