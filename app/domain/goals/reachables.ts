/** What a goal can ask for of the rest of a programme, under the keys by which it is known as reached. */
interface Named {
  readonly key: string;
  readonly name: string;
}

export function reachables(document: {
  readonly badges: readonly Named[];
  readonly challenges: readonly Named[];
}): readonly Named[] {
  const known = (list: readonly Named[], kind: string): Named[] =>
    list.map(({ key, name }) => ({ key: `${kind}:${key}`, name }));
  return [...known(document.challenges, 'challenge'), ...known(document.badges, 'badge')];
}
