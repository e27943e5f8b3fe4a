/** Whom a rule or a campaign is for. An empty list asks nothing. */
import type { ProgrammeDocument } from '../programme/document.ts';

export type Audience = ProgrammeDocument['earning'][number]['audience'];

/** What is known of a member at the moment that counts. */
export interface Beheld {
  /** The tier held just before; asked only where a list names tiers. */
  readonly tierKey: () => string | null;
  /** Whether the customer bore this tag in Shopify. */
  readonly hasTag: (tag: string) => boolean;
}

export type AudienceReason = 'other-tier' | 'no-tag' | 'excluded-tag';

/** @returns why the member does not belong to the audience; null when they do */
export function outsideOf(audience: Audience, member: Beheld): AudienceReason | null {
  const { tiers, tags, withoutTags } = audience;
  if (withoutTags.some(member.hasTag)) return 'excluded-tag';
  if (tags.length > 0 && !tags.some(member.hasTag)) return 'no-tag';
  if (tiers.length === 0) return null;
  const tier = member.tierKey();
  return tier !== null && tiers.includes(tier) ? null : 'other-tier';
}

/** Shopify compares tags, vendors and types without regard to case. */
export function holds(list: readonly string[], text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return list.some((item) => item.trim().toLowerCase() === wanted);
}

/** Whether whoever bears a tag that is asked for bears one that is ruled out. */
export function asksAndRulesOut({
  tags,
  withoutTags,
}: Pick<Audience, 'tags' | 'withoutTags'>): boolean {
  return tags.length > 0 && tags.every((tag) => holds(withoutTags, tag));
}
