/**
 * Nicknames: short, of one script, no address and no number of anybody, and none that looks like
 * another's. What is indecent the caller's word list knows; see operations/decent-words.ts.
 */
export type NicknameRefusal = {
  readonly kind: 'bad-length' | 'bad-letters' | 'contact' | 'offensive' | 'reserved';
};

export type Nickname =
  | { readonly ok: true; readonly nickname: string; readonly skeleton: string }
  | { readonly ok: false; readonly refusal: NicknameRefusal };

const SHORTEST = 2;
const LONGEST = 20;
/** Those that are written together in one word; letters of two of the others never stand in one name. */
const SCRIPTS = [
  /^[\p{Script=Latin}]$/u,
  /^[\p{Script=Greek}]$/u,
  /^[\p{Script=Cyrillic}]$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u,
  /^[\p{Script=Hangul}]$/u,
  /^[\p{Script=Arabic}]$/u,
  /^[\p{Script=Hebrew}]$/u,
  /^[\p{Script=Devanagari}]$/u,
  /^[\p{Script=Thai}]$/u,
];
/** Scripts whose signs of vowels are marks of their own. */
const MARKED = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}]/u;
const BETWEEN = /^[0-9 ._'’!-]$/u;
const RESERVED = [
  ...['admin', 'administrator', 'anonymous', 'laurel', 'moderator', 'null', 'official', 'shop'],
  ...['shopify', 'staff', 'support', 'system', 'undefined', 'deleted', 'winner'],
];

/** @param refused the merchant's own words */
export function readNickname(
  typed: string,
  refused: readonly string[],
  isIndecent: (text: string) => boolean,
): Nickname {
  const nickname = typed.normalize('NFC').trim();
  const refuse = (kind: NicknameRefusal['kind']): Nickname => ({ ok: false, refusal: { kind } });
  const letters = [...nickname];
  if (letters.length < SHORTEST || letters.length > LONGEST) return refuse('bad-length');
  if (/[@/\\:]|www\.|[\p{L}\d]\.\p{L}{2,}/iu.test(nickname)) return refuse('contact');
  if ((nickname.match(/\d/g) ?? []).length > 5) return refuse('contact');
  if (!isOfOneScript(letters)) return refuse('bad-letters');
  const skeleton = skeletonOf(nickname);
  if (skeleton.length < SHORTEST) return refuse('bad-letters');
  const forms = [nickname, skeleton, plainOf(nickname)];
  if (forms.some(isIndecent)) return refuse('offensive');
  if (refused.some((word) => holdsWord(forms, word))) return refuse('offensive');
  if (RESERVED.some((word) => skeleton === skeletonOf(word))) return refuse('reserved');
  return { ok: true, nickname, skeleton };
}

/** Letters of one script, digits and a few signs; at least one letter, and no two spaces or signs in a row. */
function isOfOneScript(letters: readonly string[]): boolean {
  const text = letters.join('');
  if (/[._'’!-]{2}| {2}/.test(text) || !/^[\p{L}\d]/u.test(text)) return false;
  const marks = MARKED.test(text) ? /\p{M}/u : /^$/;
  const own = letters.filter((letter) => !BETWEEN.test(letter) && !marks.test(letter));
  return own.length > 0 && SCRIPTS.some((script) => own.every((letter) => script.test(letter)));
}

function holdsWord(forms: readonly string[], word: string): boolean {
  const wanted = [plainOf(word), skeletonOf(word)].filter((form) => form !== '');
  return forms.some((form) => wanted.some((one) => plainOf(form).includes(one)));
}

/** Letters and digits alone, small, without accents. */
export function plainOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]/gu, '');
}

/** One text for all names that look alike: whoever has one of them has all. */
export function skeletonOf(text: string): string {
  return [...plainOf(text).replaceAll('rn', 'm').replaceAll('vv', 'w')]
    .map((letter) => ALIKE[letter] ?? letter)
    .join('');
}

const ALIKE: Readonly<Record<string, string>> = {
  // Digits that stand for letters.
  ...{ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', i: 'l', ı: 'l' },
  ...{ ß: 'b', ø: 'o', đ: 'd', ł: 'l', ħ: 'h', ſ: 's', æ: 'ae', œ: 'oe' },
  // Cyrillic and Greek letters that look like Latin ones.
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y' },
  ...{ х: 'x', і: 'l', ї: 'l', ј: 'j', ѕ: 's', ԁ: 'd', ԛ: 'q', ԝ: 'w', г: 'r', п: 'n', ѵ: 'v' },
  ...{ α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'l', κ: 'k', μ: 'u', ν: 'v', ο: 'o', ρ: 'p', σ: 'o' },
  ...{ τ: 't', υ: 'u', χ: 'x', ω: 'w', γ: 'y', ζ: 'z' },
};
