/**
 * A member takes part in leaderboards under a nickname, or leaves them. Their scores are worked out in
 * the same transaction; without a nickname nothing is kept of them on any board.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import { MIRROR_BOARDS, MIRRORED_EVERY_MS } from './mirror-boards.ts';
import { isIndecent } from './decent-words.ts';
import { shopTermsNow } from './take-in-now.ts';
import type { Shopper } from './tell-activity.ts';
import { readNickname } from '../domain/leaderboards/nickname.ts';
import type { NicknameRefusal } from '../domain/leaderboards/nickname.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { wantLater } from '../storage/effects/want-later.ts';
import { dropName, readName, writeName } from '../storage/leaderboards/names.ts';
import { dropOpenScores } from '../storage/leaderboards/scores.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { inTransaction, isContention, isUniqueViolation } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type PartTaken =
  | { readonly ok: true; readonly nickname: string | null }
  | { readonly ok: false; readonly refusal: PartRefusal };

export type PartRefusal =
  | NicknameRefusal
  | {
      readonly kind:
        | 'not-running'
        | 'not-a-member'
        /** Somebody else's, or one that looks like it. */
        | 'taken'
        /** A person of the staff found this name unfit. */
        | 'hidden'
        /** A person of the staff shut the member out. */
        | 'shut-out';
    };

const MOST_TURNS = 5;

export async function takePart(world: World, shopper: Shopper, typed: string): Promise<PartTaken> {
  const shop = await shopTermsNow(world, shopper.shopId);
  const terms = inForce(shop, world.now());
  if (!terms || terms.leaderboards.length === 0) return refuse('not-running');
  const read = readNickname(typed, terms.version.document.nicknames.refused, isIndecent);
  if (!read.ok) return read;
  const { nickname, skeleton } = read;
  try {
    return await withMember(world, shopper, async (client, member): Promise<PartTaken> => {
      const { shopId } = shopper;
      const known = await readName(client, shopId, member.id);
      if (known?.state === 'refused') return refuse('shut-out');
      if (known?.state === 'hidden' && known.skeleton === skeleton) return refuse('hidden');
      const at = new Date(world.now());
      await writeName(client, shopId, { memberId: member.id, nickname, skeleton }, at);
      await decideOne(client, shopId, shop, member, world.now());
      // Another name under the same score is told by no count.
      await wantLater(client, shopId, MIRROR_BOARDS, at, MIRRORED_EVERY_MS);
      return { ok: true, nickname };
    });
  } catch (error) {
    if (isUniqueViolation(error)) return refuse('taken');
    throw error;
  }
}

export async function leaveBoards(world: World, shopper: Shopper): Promise<PartTaken> {
  return withMember(world, shopper, async (client, member): Promise<PartTaken> => {
    if (await dropName(client, shopper.shopId, member.id)) {
      await dropOpenScores(client, shopper.shopId, [member.id]);
    }
    return { ok: true, nickname: null };
  });
}

/** Others may be at the member: then it is done again. */
async function withMember(
  world: World,
  { shopId, customerId }: Shopper,
  act: (client: pg.PoolClient, member: StoredMember) => Promise<PartTaken>,
): Promise<PartTaken> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (!visitor) return refuse('not-a-member');
  for (let turn = 1; ; turn += 1) {
    try {
      return await inTransaction(world.db(shopId), async (client): Promise<PartTaken> => {
        const member = (await lockMembers(client, shopId, [visitor.memberId])).get(
          visitor.memberId,
        );
        if (member?.state !== 'active' || member.membership === 'not-joined') {
          return refuse('not-a-member');
        }
        return act(client, member);
      });
    } catch (error) {
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

/** The member is locked. */
export async function decideOne(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  member: StoredMember,
  now: number,
): Promise<void> {
  const nothing = { changed: [], customers: new Map(), wholly: new Set<string>() };
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    { ...nothing, members: [member] },
  );
}

function refuse(kind: Exclude<PartRefusal, NicknameRefusal>['kind']): PartTaken {
  return { ok: false, refusal: { kind } };
}
