/** The last comparisons with Shopify and the last proofs of the books. */
import { z } from 'zod';
import type { Difference } from '../domain/proof/difference.ts';
import { SWEEP_SUBJECTS } from '../domain/sweeps/sweep.ts';
import type { SweepSubject } from '../domain/sweeps/sweep.ts';
import type { World } from '../world.ts';

const differences: z.ZodType<readonly Difference[]> = z.array(
  z.object({
    law: z.string(),
    memberId: z.string().nullable(),
    figure: z.string(),
    kept: z.string(),
    proved: z.string(),
  }),
);

export interface SweepReport {
  readonly id: string;
  readonly askedBy: string;
  readonly state: 'running' | 'finished' | 'failed';
  readonly subject: SweepSubject;
  readonly sinceAt: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly lookedAt: number;
  readonly alreadyRight: number;
  readonly repaired: number;
  readonly missed: number;
  readonly failures: number;
  readonly rewardsEnded: number;
  readonly pointsGiven: number;
  readonly pointsTaken: number;
  readonly detail: string | null;
}

export interface ProofReport {
  readonly id: string;
  readonly finishedAt: number;
  readonly members: number;
  readonly entries: number;
  readonly differences: number;
  /** The first of them. */
  readonly found: readonly Difference[];
}

export interface Checks {
  readonly sweeps: readonly SweepReport[];
  readonly proofs: readonly ProofReport[];
}

const SHOWN = 5;
const STATES = ['running', 'finished', 'failed'] as const;

export async function checksOf({ prisma }: World, shopId: string): Promise<Checks> {
  const where = { shopId: BigInt(shopId) };
  const [sweeps, proofs] = await Promise.all([
    prisma.sweep.findMany({ where, orderBy: { startedAt: 'desc' }, take: SHOWN }),
    prisma.proof.findMany({ where, orderBy: { startedAt: 'desc' }, take: SHOWN }),
  ]);
  return {
    sweeps: sweeps.map((row) => ({
      ...{ id: row.id, askedBy: row.askedBy, lookedAt: row.lookedAt, detail: row.detail },
      state: STATES.find((state) => state === row.state) ?? 'failed',
      subject: SWEEP_SUBJECTS.find((subject) => subject === row.subject) ?? 'customers',
      sinceAt: row.sinceAt.getTime(),
      startedAt: row.startedAt.getTime(),
      finishedAt: row.finishedAt?.getTime() ?? null,
      ...{ alreadyRight: row.alreadyRight, repaired: row.repaired, missed: row.missed },
      ...{ failures: row.failures, rewardsEnded: row.rewardsEnded },
      pointsGiven: Number(row.pointsGiven),
      pointsTaken: Number(row.pointsTaken),
    })),
    proofs: proofs.map((row) => ({
      ...{ id: row.id, members: row.members, differences: row.differences },
      entries: Number(row.entries),
      finishedAt: row.finishedAt.getTime(),
      found: differences.parse(row.found),
    })),
  };
}
