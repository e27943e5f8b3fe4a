/**
 * Long texts of many rows as one run of bytes, cut by their lengths: in an array, or in JSON, each would be
 * quoted, and read twice.
 */

/** @returns the bytes, and of each text where it starts, from 1, and how long it is */
export function inOneRun(texts: readonly string[]): [Buffer, number[], number[]] {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  let end = 1;
  const starts = lengths.map((length) => (end += length) - length);
  return [Buffer.from(texts.join('')), starts, lengths];
}

/** SQL of one of the texts, e.g. of the run `$2` by the columns `t.start` and `t.length`. */
export function cutFrom(run: string, start: string, length: string): string {
  return `convert_from(substring(${run}::bytea FROM ${start} FOR ${length}), 'UTF8')`;
}
