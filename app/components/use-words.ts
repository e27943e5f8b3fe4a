/** Words of definitions, faults and explanations in the admin's language. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../domain/programme/validate-programme.ts';
import { versionAgainIn } from '../domain/programme/version-again.ts';
import type { Label } from '../domain/programme/shown.ts';
import type { Phrases } from '../domain/points/explain.ts';
import { useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';

/** English stands in the definitions themselves; a translation takes its place by key. */
export function useLabel(): (label: Label) => string {
  const { t } = useTranslation();
  return ({ key, text }) => (key === null ? text : t(key, { defaultValue: text }));
}

/** zod's own messages are for programmers; these are what they mean at a field. Others carry a name. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^Too small: expected (?:number|int) to be >=(?<bound>\S+)$/, 'atLeast'],
  [/^Too small: expected string/, 'empty'],
  [/^Too big: expected (?:number|int) to be <=(?<bound>\S+)$/, 'atMost'],
  [/^Too big: expected string to have <=(?<bound>\d+)/, 'tooLong'],
  [/^Too big: expected array to have <=(?<bound>\d+)/, 'tooMany'],
  [/^Invalid input: expected (?:number|int)/, 'wholeNumber'],
  [/^Invalid ISO datetime/, 'moment'],
  [/^Another tier is (?:named|called) "(?<name>.*)"\.$/, 'twiceTier'],
  [/^Another one is called "(?<name>.*)"\.$/, 'twiceKey'],
  [/^"(?<text>.*)" has more decimals than (?<currency>\w+) has \((?<bound>\d)\)\.$/, 'decimals'],
  [/^"(?<text>.*)" is too large\.$/, 'tooLarge'],
];

export function useFaultWords(): (fault: Fault) => string {
  const { t } = useTranslation();
  return ({ message }) => {
    for (const [pattern, key] of SHAPES) {
      const match = pattern.exec(message);
      if (match) return t(`faults.${key}`, { ...match.groups });
    }
    return t(message, {
      ns: 'faults',
      defaultValue: message,
      keySeparator: false,
      nsSeparator: false,
    });
  };
}

/** Who did something, e.g. "staff:123" or "system". */
export function useActor(): (actor: string) => string {
  const { t } = useTranslation();
  const { staff } = useShop();
  return (actor) => {
    if (actor === staff) return t('actor.you');
    const id = /^staff:(.+)$/.exec(actor)?.[1];
    return id === undefined ? t('actor.laurel') : t('actor.staff', { id });
  };
}

export function usePhrases(): Phrases {
  const { t } = useTranslation();
  const { decimal, points } = useFormat();
  return useMemo(
    () => ({
      decimal,
      points,
      say: (key, values) => t(`explain.${key}`, { ...values, defaultValue: lastOf(key) }),
    }),
    [t, decimal, points],
  );
}

/** A reason that a later version wrote and this one has no words for. */
function lastOf(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** The note of a version: as somebody wrote it, or what Laurel wrote when it was gone back to. */
export function useVersionNote(): (note: string) => string {
  const { t } = useTranslation();
  return (note) => {
    const version = versionAgainIn(note);
    return version === null ? note : t('versions.again', { version });
  };
}
