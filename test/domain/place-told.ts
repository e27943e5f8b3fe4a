/** The place of a fault or a warning; nobody can do anything about one that is not told in words. */
export function placeTold({ place, message }: { place: string; message: string }): string {
  return message.trim() === '' ? `${place}, without a word` : place;
}
