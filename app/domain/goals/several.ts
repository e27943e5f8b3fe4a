/** A goal that is made of others: all of them, one of them, some of them, or one after the other. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import { factsAfter, NO_FACTS } from './goal-facts.ts';
import type { GoalFacts, Reach, StepReach } from './goal-facts.ts';
import type { Registry } from '../registry.ts';
import type { Moment } from '../time/shop-time.ts';

export const SEVERAL = 'several';
const MOST_STEPS = 10;

interface Step {
  readonly kind: string;
  readonly name: string;
  readonly settings: Record<string, unknown>;
}

interface Several {
  readonly how: 'all' | 'any' | 'some' | 'in-order';
  /** Of `some`: how many of them. */
  readonly least: number;
  readonly goals: readonly Step[];
}

/** @param plain the goals that it can be made of; it is none of them */
export function severalOf(plain: Registry<GoalDefinition>): GoalDefinition<Several> {
  const of = (step: Step): GoalDefinition => {
    const found = plain.find(step.kind);
    if (!found) throw new Error(`there is no goal of the kind ${step.kind}`);
    return found;
  };
  return {
    kind: SEVERAL,
    words: {
      label: 'Several goals',
      help: 'All of them, any of them, some of them, or one after the other.',
    },
    settings: settingsWith(plain),
    defaults: {
      how: 'all',
      least: 1,
      goals: plain.all.slice(0, 2).map(({ kind, defaults }) => ({
        ...{ kind, name: '', settings: defaults as Record<string, unknown> },
      })),
    },
    fields: [
      {
        name: 'how',
        input: 'choice',
        label: 'Reached with',
        choices: [
          { value: 'all', label: 'all of them' },
          { value: 'any', label: 'any of them' },
          { value: 'some', label: 'some of them' },
          { value: 'in-order', label: 'one after the other' },
        ],
      },
      { name: 'least', input: 'integer', label: 'How many, where it is some of them' },
      { name: 'goals', input: 'goals', label: 'Goals' },
    ],
    listens: ({ goals }) => [...new Set(goals.flatMap((step) => of(step).listens(step.settings)))],
    traits: ({ goals }) => {
      const each = goals.map((step) => of(step).traits?.(step.settings) ?? []);
      return each.every((traits) => traits.length > 0) ? each.flat() : [];
    },
    reach: (settings, facts) => {
      const reach = (step: Step, known: GoalFacts): Reach => of(step).reach(step.settings, known);
      const reaches =
        settings.how === 'in-order'
          ? inOrder(settings.goals, facts, reach)
          : settings.goals.map((step) => reach(step, facts));
      const steps = reaches.map(({ have, need, completedAt }, index): StepReach => {
        const step = settings.goals[index];
        const goal = step && of(step);
        const name = step?.name || goal?.words.label;
        const money = goal?.measure?.of === 'money';
        return { name: name ?? '', money, have, need, completedAt };
      });
      return { ...together(settings, steps, facts.now), counted: [], steps };
    },
  };
}

function settingsWith(plain: Registry<GoalDefinition>): z.ZodType<Several> {
  const step = z
    .strictObject({
      kind: z.string().min(1).max(60),
      /** What members read; the goal's own words where it is empty. */
      name: z.string().trim().max(60).default(''),
      settings: z.record(z.string(), z.unknown()),
    })
    .transform((given, context): Step => {
      const definition = plain.find(given.kind);
      if (!definition) {
        context.addIssue({ code: 'custom', path: ['kind'], message: NO_STEP });
        return given;
      }
      const parsed = definition.settings.safeParse(given.settings);
      if (parsed.success) return { ...given, settings: parsed.data as Step['settings'] };
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: ['settings', ...path], message });
      }
      return given;
    });
  return z
    .strictObject({
      how: z.enum(['all', 'any', 'some', 'in-order']),
      least: z.int().min(1).max(MOST_STEPS),
      goals: z.array(step).min(2, { error: 'Give at least two goals.' }).max(MOST_STEPS),
    })
    .refine(({ how, least, goals }) => how !== 'some' || least <= goals.length, {
      error: 'There are not so many to choose from.',
      path: ['least'],
    });
}

const NO_STEP = 'This Laurel knows no goal of this kind that can be one of several.';

/** What comes after a step counts from when the step was completed; its own fact is not counted twice. */
function inOrder(
  goals: readonly Step[],
  facts: GoalFacts,
  reach: (step: Step, facts: GoalFacts) => Reach,
): Reach[] {
  const { now, timeZone, currency } = facts;
  let before: Moment | null = -Infinity;
  return goals.map((step) => {
    if (before === null || before > now) {
      before = null;
      return { ...reach(step, { ...NO_FACTS, now, timeZone, currency }), completedAt: null };
    }
    const found = reach(step, factsAfter(facts, before));
    const { completedAt } = found;
    before = completedAt === null ? null : Math.max(before, completedAt);
    return { ...found, completedAt: before };
  });
}

function together(
  { how, least, goals }: Several,
  steps: readonly StepReach[],
  now: Moment,
): Pick<Reach, 'have' | 'need' | 'completedAt'> {
  const need = how === 'any' ? 1 : how === 'some' ? least : goals.length;
  const moments = steps.flatMap(({ completedAt }) => completedAt ?? []).sort((a, b) => a - b);
  const done = moments.filter((at) => at <= now).length;
  return { have: Math.min(done, need), need, completedAt: moments[need - 1] ?? null };
}
