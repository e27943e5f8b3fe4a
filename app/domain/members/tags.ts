/**
 * The customer's tags over time, from what was told of them: that some came, that some went, or what
 * all of them were at a moment. Told in any order, and again, they come to the same.
 */
import type { Moment } from '../time/shop-time.ts';

/** `all`: these tags and no others, as of that moment. */
export type TagTidings = readonly [
  at: Moment,
  what: 'all' | 'added' | 'removed',
  tags: readonly string[],
];

/** Tags that we write ourselves say nothing about the customer. */
export const OWN_TAGS = 'laurel-';
/** Older tidings than these no longer matter to anybody. */
const MOST_KEPT = 500;
/** At one moment the whole comes first, and what went has gone. */
const ORDER = ['all', 'added', 'removed'] as const;

/** Takes tidings in, the oldest first, each once. */
export function takeInTags(
  known: readonly TagTidings[],
  told: readonly TagTidings[],
): readonly TagTidings[] {
  const all = new Map([...known, ...told.flatMap(readable)].map((one) => [textOf(one), one]));
  return [...all.values()].sort(inTime).slice(-MOST_KEPT);
}

/**
 * Whether the customer had the tag at that moment; Shopify knows a tag whatever its case.
 * @param otherwise where nobody had spoken of the tag by then
 */
export function boreTag(
  told: readonly TagTidings[],
  tag: string,
  at: Moment,
  otherwise = false,
): boolean {
  return lastOf(told, normal(tag), at) ?? otherwise;
}

/** The first moment from `from` until before `to` at which the customer had the tag. */
export function firstBorne(
  told: readonly TagTidings[],
  tag: string,
  from: Moment,
  to: Moment,
): Moment | null {
  if (boreTag(told, tag, from)) return from;
  const since = told.find(([at]) => at > from && at < to && boreTag(told, tag, at));
  return since ? since[0] : null;
}

/** Whether by all that was told the customer has these tags and no others. */
export function bearsJust(told: readonly TagTidings[], tags: readonly string[]): boolean {
  const are = customersOwn(tags);
  const spokenOf = new Set([...are, ...told.flatMap(([, , of]) => of)]);
  return [...spokenOf].every((tag) => boreTag(told, tag, Infinity) === are.includes(tag));
}

/** What was told of some tags alone. */
export function tagsAmong(
  told: readonly TagTidings[],
  tags: readonly string[],
): readonly TagTidings[] {
  const wanted = new Set(tags.map(normal));
  if (wanted.size === 0) return [];
  return told
    .map(([at, what, of]): TagTidings => [at, what, of.filter((tag) => wanted.has(tag))])
    .filter(([, what, of]) => what === 'all' || of.length > 0);
}

/** Whether they had it when it was last spoken of; null where nobody spoke of it. */
function lastOf(told: readonly TagTidings[], tag: string, until: Moment): boolean | null {
  let bears: boolean | null = null;
  for (const [at, what, tags] of told) {
    if (at > until) break;
    if (what === 'all') bears = tags.includes(tag);
    else if (tags.includes(tag)) bears = what === 'added';
  }
  return bears;
}

function readable([at, what, tags]: TagTidings): TagTidings[] {
  const told = customersOwn(tags);
  return told.length === 0 && what !== 'all' ? [] : [[at, what, told]];
}

/** Each once, in one order. */
function customersOwn(tags: readonly string[]): string[] {
  return [...new Set(tags.map(normal))]
    .filter((tag) => tag !== '' && !tag.startsWith(OWN_TAGS))
    .sort();
}

function normal(tag: string): string {
  return tag.trim().toLowerCase();
}

function inTime(a: TagTidings, b: TagTidings): number {
  return (
    a[0] - b[0] || ORDER.indexOf(a[1]) - ORDER.indexOf(b[1]) || (textOf(a) < textOf(b) ? -1 : 1)
  );
}

function textOf(one: TagTidings): string {
  return JSON.stringify(one);
}
