/**
 * Badges and challenges of a member, worked out together: one can ask for others, and a challenge can give
 * a badge. Each look finds what was reached by the look before; it only grows, so it comes to rest, and
 * two that ask for each other are never reached.
 */
import type { Reachable, Reachables } from './compile.ts';
import { outcomeOf } from './complete.ts';
import type { Asking, Completion, Outcome } from './complete.ts';
import { knownFacts } from './known-facts.ts';
import type { KnownFacts } from './known-facts.ts';
import { badgesGiven } from '../badges/given.ts';
import type { Deciding } from '../deciding.ts';
import type { Moment } from '../time/shop-time.ts';

export type Outcomes = ReadonlyMap<Reachable, Outcome>;

export function outcomesOf(deciding: Deciding, reachables: Reachables): Outcomes {
  const { member, now, badgesWon } = deciding;
  const facts = knownFacts(deciding);
  const joins = joinsOf(member.activities ?? [], now);
  const before = badgesGiven(member.activities ?? [], badgesWon, now);
  const found = new Map<Reachable, Outcome>();
  let given: Asking['given'] = before;
  let queue: Iterable<Reachable> = asked(reachables, facts, deciding, before, joins);
  for (let look = 0; look <= reachables.all.length; look += 1) {
    for (const reachable of queue) {
      found.set(reachable, outcomeOf(reachable, { facts, deciding, joins, given }));
    }
    const reached = reachedBy(found, deciding.reached);
    const won = givenBy(found, before);
    if (isSame(reached, facts.reached) && isSame(won, given)) break;
    facts.reached = reached;
    given = won;
    const byOthers = reachables.byTopic.get('reached') ?? [];
    queue = new Set([...byOthers, ...named(reachables, won.keys(), 'badge')]);
  }
  return found;
}

/** Only those that have to do with what is known of the member. */
function asked(
  { byTopic, byTrait, byName, ...reachables }: Reachables,
  facts: KnownFacts,
  { awards }: Pick<Deciding, 'awards'>,
  given: Asking['given'],
  joins: Asking['joins'],
): ReadonlySet<Reachable> {
  const found = new Set<Reachable>();
  if (reachables.all.length === 0) return found;
  for (const topic of facts.topics()) for (const one of byTopic.get(topic) ?? []) found.add(one);
  if (byTrait.size > 0) {
    for (const trait of facts.traits()) for (const one of byTrait.get(trait) ?? []) found.add(one);
  }
  const names = new Set<string>();
  for (const { sourceKind, ruleKey } of awards.values()) {
    if (sourceKind === 'badge' || sourceKind === 'challenge') {
      names.add(`${sourceKind}:${ruleKey.split('/', 1)[0] ?? ''}`);
    }
  }
  for (const key of given.keys()) names.add(`badge:${key}`);
  for (const id of joins.keys()) names.add(`challenge:${id.split('@', 1)[0] ?? ''}`);
  for (const name of names) {
    const one = byName.get(name);
    if (one) found.add(one);
  }
  return found;
}

function named(
  { byName }: Reachables,
  keys: Iterable<string>,
  kind: Reachable['kind'],
): Reachable[] {
  return [...keys].flatMap((key) => byName.get(`${kind}:${key}`) ?? []);
}

/** Challenges that the member joined, by "key@round". */
function joinsOf(
  activities: NonNullable<Deciding['member']['activities']>,
  now: Moment,
): ReadonlyMap<string, Moment> {
  return new Map(
    activities.flatMap(({ kind, id, occurredAt, withdrawnAt }) =>
      kind !== 'challenge-joined' || occurredAt === null || occurredAt > now || withdrawnAt !== null
        ? []
        : [[id, occurredAt] as const],
    ),
  );
}

/** "badge:fan", "badge:fan@2026-11/silver": what a completion is known as. */
export function nameOf({ name }: Reachable, { round, level }: Completion): string {
  return `${name}${round === '' ? '' : `@${round}`}${level === null ? '' : `/${level}`}`;
}

function reachedBy(
  outcomes: Outcomes,
  before: ReadonlyMap<string, Moment>,
): ReadonlyMap<string, Moment> {
  const reached = new Map(before);
  for (const [reachable, { completions }] of outcomes) {
    for (const one of completions) reached.set(nameOf(reachable, one), one.at);
  }
  return reached;
}

/** Badges that completing challenges gives, beside what was given before. */
function givenBy(outcomes: Outcomes, before: Asking['given']): Asking['given'] {
  const given = new Map(before);
  for (const { completions } of outcomes.values()) {
    for (const { span, at } of completions) {
      const badge = span.item.kind === 'challenge' ? span.item.item.prizeBadge : null;
      if (badge !== null) given.set(badge, [...(given.get(badge) ?? []), at]);
    }
  }
  return given;
}

function isSame(
  a: ReadonlyMap<string, Moment | readonly Moment[]>,
  b: ReadonlyMap<string, Moment | readonly Moment[]>,
): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([key, value]) => String(b.get(key)) === String(value));
}
