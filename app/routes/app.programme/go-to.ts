/** Shows the field of a place in the document, and lets the hand go on there. */
export function goTo(place: string): void {
  const field = document.getElementById(place);
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}
