/** Programmes of single ways to earn, and moments of a shop's clock. */
import { Temporal } from 'temporal-polyfill';
import { earningDefinitions } from '../../../app/domain/earning/registry.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { day, Member, programme, shopWith } from '../fixtures.ts';

type Rule = ProgrammeInput['earning'][number];

/** A rule of this kind under its own name, with its defaults but for what is said. */
export function way(
  kind: string,
  settings: Readonly<Record<string, unknown>> = {},
  over: Partial<Rule> = {},
): Rule {
  const defaults = earningDefinitions.find(kind)?.defaults as object;
  const own = { key: kind, kind, name: kind, enabled: true };
  return { ...own, settings: { ...defaults, ...settings }, ...over };
}

export function programmeOf(...earning: Rule[]): ProgrammeDocument {
  return programme({ earning });
}

/** A member of a shop whose programme is these rules from the first day of 2026 on. */
export function memberWith(zone: string, ...earning: Rule[]): Member {
  return new Member(shopWith([[day(1), programmeOf(...earning)]], { timeZone: zone }));
}

/** A moment by the clock of the zone: `at('2026-03-29T00:00', 'Europe/Berlin')`. */
export function at(local: string, zone = 'UTC'): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}
