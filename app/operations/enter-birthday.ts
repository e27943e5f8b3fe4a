/** Somebody of the staff enters a member's birthday, as the member told it. */
import { takeInNow } from './take-in-now.ts';
import { birthday } from '../domain/activities/admit-wish.ts';
import { wish } from '../domain/activities/wish.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import type { World } from '../world.ts';

export type EnteredBirthday =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: { readonly kind: 'bad-date' | 'unknown-member' } };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function enterBirthday(
  world: World,
  {
    shopId,
    actor,
    memberId,
    month,
    day,
  }: {
    readonly shopId: string;
    readonly actor: string;
    readonly memberId: string;
    readonly month: number;
    readonly day: number;
  },
): Promise<EnteredBirthday> {
  const date = wish.safeParse({ kind: 'birthday', month, day });
  if (!date.success) return { ok: false, refusal: { kind: 'bad-date' } };
  if (!UUID.test(memberId)) return { ok: false, refusal: { kind: 'unknown-member' } };
  const now = world.now();
  const activity = birthday({ month, day }, now);
  const [outcome] = await takeInNow(
    world,
    shopId,
    [{ kind: 'activity', whose: { memberId }, activity }],
    (client, [told]) =>
      told === 'gone'
        ? Promise.resolve()
        : writeAudit(client, shopId, {
            ...{ id: world.newId(), at: new Date(now), actor, requestKey: null },
            action: 'birthday-entered',
            subject: `member:${memberId}`,
            // The date itself stays where it can be erased.
            content: {},
          }),
  );
  return outcome === 'gone' ? { ok: false, refusal: { kind: 'unknown-member' } } : { ok: true };
}
