/**
 * One batch of a back-test: some members under the programme in force, as if it had always been, and
 * under a draft, as if that had; and what publishing the draft would do to them now. Reads only.
 */
import type pg from 'pg';
import { drawnAfter, withDrawn } from '../domain/back-test/drawn.ts';
import type { Drawn, DrawnInOne } from '../domain/back-test/drawn.ts';
import type { Outcome, Trial } from '../domain/back-test/tally.ts';
import { noBudgets } from '../domain/earning/budgets.ts';
import type { ProgrammeDocument } from '../domain/programme/document.ts';
import { inForce, termsOf } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { readBudgets } from '../storage/campaigns/budgets.ts';
import type { OpenBudgets } from '../storage/campaigns/budgets.ts';
import { readPlaces } from '../storage/memberships/places.ts';
import { readMembersAfter } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import type { MemberChange } from '../storage/points/member-books.ts';
import { proposeChanges } from './decide-members.ts';

/** The three worlds in which a member is looked at. */
export interface Worlds {
  /** The programme in force, from the beginning of time; null before the first version. */
  readonly before: ShopTerms | null;
  readonly after: ShopTerms;
  /** The programme as it went, and the draft published now. */
  readonly published: ShopTerms;
}

export function worldsOf(shop: ShopTerms, draft: ProgrammeDocument, now: number): Worlds {
  const all = (document: ProgrammeDocument): ShopTerms => ({
    ...shop,
    versions: [termsOf({ version: 1, effectiveAt: 0, document }, shop.currency)],
  });
  const present = inForce(shop, now);
  const version = Math.max(0, ...shop.versions.map((terms) => terms.version.version)) + 1;
  return {
    before: present && all(present.version.document),
    after: all(draft),
    published: {
      ...shop,
      versions: [
        ...shop.versions.filter((terms) => terms.version.effectiveAt <= now),
        termsOf({ version, effectiveAt: now, document: draft }, shop.currency),
      ],
    },
  };
}

export interface Batch {
  readonly trials: readonly Trial[];
  /** The last member of the batch; null when there are no more. */
  readonly cursor: string | null;
  readonly drawn: Drawn;
}

export async function tryDraft(
  client: pg.PoolClient,
  shopId: string,
  worlds: Worlds,
  {
    now,
    after,
    most,
    drawn,
  }: {
    readonly now: number;
    readonly after: string | null;
    readonly most: number;
    /** What the members before them drew. */
    readonly drawn: Drawn;
  },
): Promise<Batch> {
  const members = await readMembersAfter(client, shopId, after ?? NOBODY_YET, most);
  const active = members.filter(({ state }) => state === 'active');
  const purses = {
    before: purseOf(drawn.before, whole),
    after: purseOf(drawn.after, whole),
    published: purseOf(drawn.published, readBudgets),
  };
  const open = purses.published.open;
  const [before, then, moved] = [
    worlds.before && (await asIf(client, shopId, worlds.before, now, active, purses.before.open)),
    await asIf(client, shopId, worlds.after, now, active, purses.after.open),
    await proposeChanges(client, shopId, worlds.published, () => now, concerned(active, false), {
      budgets: open,
      places: readPlaces,
    }),
  ];
  const moves = new Map(moved.map((change) => [change.memberId, change]));
  const trials = active.map((member): Trial => {
    const change = moves.get(member.id);
    const after = then.get(member.id);
    return {
      memberId: member.id,
      orders: after?.orders ?? 0,
      before: before?.get(member.id)?.outcome ?? NOTHING,
      after: after?.outcome ?? NOTHING,
      move: {
        from: member.tierKey,
        to: change?.decision?.stand?.rung?.key ?? null,
        points: change ? heldAfter(change) - (member.available + member.pending - member.debt) : 0,
      },
    };
  });
  return {
    trials,
    cursor: members.length < most ? null : (members.at(-1)?.id ?? null),
    drawn: {
      before: purses.before.drawn(),
      after: purses.after.drawn(),
      published: purses.published.drawn(),
    },
  };
}

export const whole: OpenBudgets = () => Promise.resolve(noBudgets());

/** The budgets of one world: what members before these drew is gone. */
export function purseOf(
  drawn: DrawnInOne,
  read: OpenBudgets,
): { readonly open: OpenBudgets; readonly drawn: () => DrawnInOne } {
  let begun = noBudgets();
  let open = noBudgets();
  return {
    open: async (...asked) => {
      begun = withDrawn(await read(...asked), drawn);
      open = withDrawn(begun, {});
      return open;
    },
    drawn: () => drawnAfter(drawn, begun, open),
  };
}

export const NOBODY_YET = '00000000-0000-0000-0000-000000000000';
const NOTHING: Outcome = { earned: 0, outstanding: 0, tier: null };

async function asIf(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  now: number,
  members: readonly StoredMember[],
  open: OpenBudgets,
): Promise<Map<string, { readonly outcome: Outcome; readonly orders: number }>> {
  const about = concerned(members, true);
  const changes = await proposeChanges(client, shopId, shop, () => now, about, {
    budgets: open,
    places: readPlaces,
  });
  return new Map(
    changes.map(({ memberId, books, decision }) => [
      memberId,
      {
        outcome: {
          earned: books.earnedTotal,
          outstanding: books.available + books.pending,
          tier: decision?.stand?.rung?.key ?? null,
        },
        orders: new Set(
          (decision?.awards ?? []).flatMap(({ sourceKind, sourceId }) =>
            sourceKind === 'order' ? [sourceId] : [],
          ),
        ).size,
      },
    ]),
  );
}

/** From nothing every order is decided; on top of what stands, only what the draft moves by itself. */
function concerned(members: readonly StoredMember[], fromNothing: boolean) {
  return {
    members,
    changed: [],
    customers: new Map<string, never>(),
    wholly: new Set(fromNothing ? members.map(({ id }) => id) : []),
    fromNothing,
  };
}

function heldAfter({ books }: MemberChange): number {
  return books.available + books.pending - books.debt;
}
