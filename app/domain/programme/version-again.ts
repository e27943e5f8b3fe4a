/** The note of a version that was made by going back to an older one. It is kept with the books, so it stays as it is. */
export function noteOfVersionAgain(version: number): string {
  return `Version ${version} again`;
}

/** Which version it puts in force again; null for a note that somebody wrote. */
export function versionAgainIn(note: string): number | null {
  const [, version] = /^Version ([1-9]\d{0,8}) again$/.exec(note) ?? [];
  return version === undefined ? null : Number(version);
}
