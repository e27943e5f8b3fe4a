/** A text within a LIKE pattern that stands for itself: its %, _ and \ are no signs. */
export function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}
