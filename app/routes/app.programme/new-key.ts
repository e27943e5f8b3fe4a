/**
 * A key that nothing had before: what members did under another one that was removed since is not taken
 * for something they did here.
 */
export function newKey(start: string): string {
  return `${start}-${crypto.randomUUID().slice(0, 8)}`;
}
