/** What stands at a place such as "expiry.kind". */
export function valueAt(whole: unknown, place: string): unknown {
  let found = whole;
  for (const step of place.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}
