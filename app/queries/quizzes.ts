/** The shop's quizzes and votes, and how members have answered them. */
import { knownDocuments } from './known-documents.ts';
import type { CampaignState } from '../domain/campaigns/campaign-state.ts';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';
import { knownParts } from '../domain/play/known-parts.ts';
import type { KnownPart } from '../domain/play/known-parts.ts';
import { inForce } from '../domain/programme/terms.ts';
import { tallyOf } from '../domain/quizzes/tally.ts';
import type { CountedAnswer, QuizTally } from '../domain/quizzes/tally.ts';
import { ageOf, keptFigures } from '../storage/figures/kept-figures.ts';
import type { Kept } from '../storage/figures/kept-figures.ts';
import { countAnswers } from '../storage/quizzes/count-answers.ts';
import type { World } from '../world.ts';

export interface QuizLine {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly state: CampaignState;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  /** Who has answered. */
  readonly members: number;
}

export interface QuizPage extends QuizLine {
  readonly tally: QuizTally;
  readonly weighted: boolean;
  /** Its place among those of the draft; null where the draft does not have it. */
  readonly place: number | null;
  /** Whether a gift can ask for its answers: it is published. */
  readonly published: boolean;
  readonly age: FiguresAge;
}

export async function quizLines(
  world: World,
  shopId: string,
): Promise<{ readonly quizzes: readonly QuizLine[]; readonly age: FiguresAge }> {
  const { shop, draft } = await knownDocuments(world, shopId);
  const now = world.now();
  const kept = await keptFigures(world.db(shopId), shopId, { kind: 'quizzes' }, now);
  const quizzes = knownParts('quizzes', shop, draft, now).map((part) =>
    lineOf(part, kept.figures ?? {}),
  );
  return { quizzes, age: ageOf(kept) };
}

/** @returns null for a key that neither the draft nor any version has */
export async function quizPage(
  world: World,
  shopId: string,
  key: string,
): Promise<QuizPage | null> {
  const asks = { kind: 'answers', name: key } as const;
  return pageOf(world, shopId, key, (pool) => keptFigures(pool, shopId, asks, world.now()));
}

/** As of now, for a file, however many they are. */
export async function quizResults(
  world: World,
  shopId: string,
  key: string,
): Promise<QuizPage | null> {
  return pageOf(world, shopId, key, async (pool) => ({
    figures: await countAnswers(pool, shopId, key),
    asOf: null,
  }));
}

async function pageOf(
  world: World,
  shopId: string,
  key: string,
  count: (pool: ReturnType<World['db']>) => Promise<Kept<readonly CountedAnswer[]>>,
): Promise<QuizPage | null> {
  const { shop, draft } = await knownDocuments(world, shopId);
  const now = world.now();
  const part = knownParts('quizzes', shop, draft, now).find((one) => one.key === key);
  if (!part) return null;
  const kept = await count(world.db(shopId));
  const tally = tallyOf(part.item.questions, kept.figures ?? []);
  return {
    ...lineOf(part, { [key]: tally.members }),
    ...{ tally, place: part.place, weighted: tally.weight !== tally.members },
    age: ageOf(kept),
    published: inForce(shop, now)?.version.document.quizzes.some((one) => one.key === key) ?? false,
  };
}

function lineOf(
  { key, name, item: { kind }, state, startsAt, endsAt }: KnownPart<'quizzes'>,
  counts: Readonly<Record<string, number>>,
): QuizLine {
  return { key, name, kind, state, startsAt, endsAt, members: counts[key] ?? 0 };
}
