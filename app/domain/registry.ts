/** A list of definitions by kind. A kind that is stored but not known fails closed: null. */
export interface Registry<D extends { readonly kind: string }> {
  readonly name: string;
  readonly all: readonly D[];
  readonly find: (kind: string) => D | null;
}

export function registryOf<D extends { readonly kind: string }>(
  name: string,
  all: readonly D[],
): Registry<D> {
  const byKind = new Map(all.map((definition) => [definition.kind, definition]));
  if (byKind.size !== all.length) throw new Error(`Two definitions of one kind in ${name}`);
  return { name, all, find: (kind) => byKind.get(kind) ?? null };
}
