/** Throws when something that must be true is not: a bug, never a wrong input. */
export function invariant(condition: unknown, mustBeTrue: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${mustBeTrue}`);
}
