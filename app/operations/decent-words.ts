/**
 * Words that nobody should have to read on a board. A kept library knows the English ones, however they
 * are disguised; German ones stand here.
 */
import { RegExpMatcher, englishDataset, englishRecommendedTransformers } from 'obscenity';
import { plainOf } from '../domain/leaderboards/nickname.ts';

const english = new RegExpMatcher({
  ...englishDataset.build(),
  ...englishRecommendedTransformers,
});

/** Wherever they stand. */
const GERMAN = [
  ...['arschloch', 'arschgeige', 'fotze', 'hurensohn', 'hurenkind', 'kanake', 'missgeburt'],
  ...['muschi', 'nutte', 'scheiss', 'schlampe', 'schwuchtel', 'spast', 'titten', 'wichs', 'wixer'],
  ...['schwanzlutsch', 'kinderfick', 'judensau', 'vergas', 'hitler', 'himmler', 'siegheil'],
  ...['fick', 'bumsen', 'drecksau', 'dreckskerl', 'zigeuner', 'neger', 'nazi', 'kackbratze'],
];
/** Only as a word of its own: "Arsch", but not "Marsch"; "Hure", but not "Hurenholz". */
const GERMAN_ALONE = [
  'arsch',
  'hure',
  'huren',
  'sau',
  'kacke',
  'pimmel',
  'penner',
  'mongo',
  'ss',
  'hh',
];

const DISGUISED: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g', '@': 'a' },
  ...{ $: 's', '!': 'i', ß: 'ss' },
};

export function isIndecent(text: string): boolean {
  const bare = text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');
  const spelt = bare.replaceAll(/[01345789@$!ß]/g, (letter) => DISGUISED[letter] ?? letter);
  const joined = plainOf(spelt);
  if ([text, spelt, joined].some((form) => english.hasMatch(form))) return true;
  const words = new Set(spelt.split(/[^\p{L}]+/u));
  return (
    GERMAN.some((word) => joined.includes(word)) ||
    GERMAN_ALONE.some((word) => words.has(word) || joined === word)
  );
}
