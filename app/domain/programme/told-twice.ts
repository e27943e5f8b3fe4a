/**
 * A name that an object of a JSON text says twice. Whoever reads the text takes the last of them, so
 * what the first one says would be lost without a word.
 */
interface Level {
  /** Of an object what it named so far, of an array null. */
  readonly names: Set<string> | null;
  /** Where in it the reader is: the last name, the index. */
  at: string | number;
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)|[[\]{},]/g;

/** @param text that is JSON @returns its place, e.g. "tiers.levels.0.need", or null */
export function toldTwice(text: string): string | null {
  const levels: Level[] = [];
  for (const [token, colon] of text.matchAll(TOKENS)) {
    const level = levels.at(-1);
    switch (token.charAt(0)) {
      case '{':
        levels.push({ names: new Set(), at: '' });
        break;
      case '[':
        levels.push({ names: null, at: 0 });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (typeof level?.at === 'number') level.at += 1;
        break;
      default: {
        if (colon !== ':' || !level?.names) break;
        level.at = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string;
        if (level.names.has(level.at)) return levels.map(({ at }) => at).join('.');
        level.names.add(level.at);
      }
    }
  }
  return null;
}
