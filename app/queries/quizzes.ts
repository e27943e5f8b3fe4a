/** The shop's quizzes and votes, and how members have answered them. */
import { knownDocuments } from './known-documents.ts';
import type { CampaignState } from '../domain/campaigns/campaign-state.ts';
import { knownParts } from '../domain/play/known-parts.ts';
import type { KnownPart } from '../domain/play/known-parts.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { QuizTally } from '../domain/quizzes/tally.ts';
import { countQuizzes } from '../storage/quizzes/count-answers.ts';
import { quizTally } from '../storage/quizzes/quiz-tally.ts';
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
}

export async function quizLines(world: World, shopId: string): Promise<readonly QuizLine[]> {
  const { shop, draft } = await knownDocuments(world, shopId);
  const counts = await countQuizzes(world.db(shopId), shopId);
  return knownParts('quizzes', shop, draft, world.now()).map((part) => lineOf(part, counts));
}

/** @returns null for a key that neither the draft nor any version has */
export async function quizPage(
  world: World,
  shopId: string,
  key: string,
): Promise<QuizPage | null> {
  const { shop, draft } = await knownDocuments(world, shopId);
  const now = world.now();
  const part = knownParts('quizzes', shop, draft, now).find((one) => one.key === key);
  if (!part) return null;
  const questions = part.item.questions;
  const tally = await quizTally(world.db(shopId), shopId, { key, questions });
  return {
    ...lineOf(part, new Map([[key, tally.members]])),
    ...{ tally, place: part.place, weighted: tally.weight !== tally.members },
    published: inForce(shop, now)?.version.document.quizzes.some((one) => one.key === key) ?? false,
  };
}

function lineOf(
  { key, name, item: { kind }, state, startsAt, endsAt }: KnownPart<'quizzes'>,
  counts: ReadonlyMap<string, number>,
): QuizLine {
  return { key, name, kind, state, startsAt, endsAt, members: counts.get(key) ?? 0 };
}
