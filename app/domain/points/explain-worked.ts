/** What multiplied an award and what cut it, in words: the same for every kind of rule. */
import type { Phrases } from './explain.ts';
import type { Explanation, LimitCut } from './explanation.ts';

type Worked = Pick<
  Extract<Explanation, { rule: 'fixed' }>,
  'multipliers' | 'limits' | 'nothingBecause'
>;

/** E.g. "at most 100 points a day". */
export function limitText({ limit, most, per, name }: LimitCut, { points, say }: Phrases): string {
  switch (limit) {
    case 'each':
      return say('limit.each', { most: points(most) });
    case 'budget':
      return say('limit.budget', { name: name ?? '' });
    case 'points':
    case 'times':
      return say(`limit.${limit}.${per ?? 'lifetime'}`, { most: points(most), count: most });
  }
}

/** "…, times 2 for Summer." */
export function withMultipliers(
  sentence: string,
  { multipliers = [] }: Worked,
  { decimal, say }: Phrases,
): string {
  if (multipliers.length === 0) return sentence;
  const all = multipliers.map(({ name, by }) => say('multiplierFor', { by: decimal(by), name }));
  return say('multiplied', { sentence: withoutStop(sentence), multipliers: all.join(', ') });
}

/** "…, cut by 20 points: at most 100 points a day." */
export function withLimits(sentence: string, { limits = [] }: Worked, phrases: Phrases): string {
  if (limits.length === 0) return sentence;
  return phrases.say('limited', {
    sentence: withoutStop(sentence),
    points: phrases.points(limits.reduce((sum, { cut }) => sum + cut, 0)),
    limits: limitTexts(limits, phrases),
  });
}

/** "Earned 0 because …" */
export function nothingText(
  because: NonNullable<Worked['nothingBecause']>,
  { limits = [] }: Worked,
  phrases: Phrases,
): string {
  const values = { limits: limitTexts(limits, phrases) };
  return phrases.say('nothing', { because: phrases.say(`nothingBecause.${because}`, values) });
}

function limitTexts(limits: readonly LimitCut[], phrases: Phrases): string {
  return limits.map((limit) => limitText(limit, phrases)).join(', ');
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
