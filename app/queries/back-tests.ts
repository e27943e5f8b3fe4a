/** The newest back-test of the shop's drafts, and who its members are. */
import type { World } from '../world.ts';
import { tallySchema } from '../domain/back-test/tally.ts';
import type { Tally } from '../domain/back-test/tally.ts';
import { programmeDocument } from '../domain/programme/document.ts';
import type { ProgrammeDocument } from '../domain/programme/document.ts';

export interface BackTestState {
  readonly id: string;
  readonly state: 'running' | 'finished' | 'cancelled' | 'failed';
  readonly askedAt: number;
  readonly finishedAt: number | null;
  /** The revision of the draft that was tried. */
  readonly revision: number;
  readonly members: number;
  readonly membersDone: number;
  readonly detail: string | null;
  readonly tally: Tally;
  readonly names: Readonly<Record<string, string>>;
  /** Names of the tiers of the draft that was tried, the lowest first. */
  readonly tiers: readonly { readonly key: string; readonly name: string }[];
  readonly worthOf100: string;
}

/** @returns null when no draft was ever tried */
export async function newestBackTest(world: World, shopId: string): Promise<BackTestState | null> {
  const found = await world.prisma.backTest.findFirst({
    where: { shopId: BigInt(shopId), campaignKey: null },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
  });
  if (!found) return null;
  const tally = tallySchema.parse(found.tally);
  const document = tiersOf(found.document);
  return {
    id: found.id,
    state: stateOf(found.state),
    askedAt: found.askedAt.getTime(),
    finishedAt: found.finishedAt?.getTime() ?? null,
    revision: found.revision,
    members: found.members,
    membersDone: Math.min(found.members, found.membersDone),
    detail: found.detail,
    tally,
    names: await namesOf(
      world,
      shopId,
      tally.most.map(({ memberId }) => memberId),
    ),
    tiers: document?.tiers.levels.map(({ key, name }) => ({ key, name })) ?? [],
    worthOf100: document?.worthOf100 ?? '1',
  };
}

function tiersOf(document: unknown): ProgrammeDocument | null {
  const parsed = programmeDocument.safeParse(document);
  return parsed.success ? parsed.data : null;
}

function stateOf(state: string): BackTestState['state'] {
  return state === 'running' || state === 'finished' || state === 'cancelled' ? state : 'failed';
}

async function namesOf(
  { prisma }: World,
  shopId: string,
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  if (ids.length === 0) return {};
  const members = await prisma.member.findMany({
    where: { shopId: BigInt(shopId), id: { in: [...ids] } },
    select: { id: true, name: true, email: true },
  });
  return Object.fromEntries(members.map(({ id, name, email }) => [id, name ?? email ?? '']));
}
