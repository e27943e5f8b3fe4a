/** Products, variants and collections that a programme names: Shopify's ids, chosen in its own picker. */
import type { DraftDocument } from './draft.ts';
import type { Fault } from './validate-programme.ts';

export interface Pick {
  readonly place: string;
  readonly of: 'products' | 'variants' | 'collections';
  readonly id: string;
}

/** By the name of the list, wherever it stands: "products", "excludedCollections". */
const LIST = /^(?:included|excluded|buys)?(products|variants|collections)$/i;

export function picksIn(document: DraftDocument): readonly Pick[] {
  const { earning, rewards, badges, challenges, campaigns, memberships } = document;
  return walk('', { earning, rewards, badges, challenges, campaigns, memberships });
}

function walk(place: string, value: unknown): readonly Pick[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const here = place === '' ? key : `${place}.${key}`;
    const of = LIST.exec(key)?.[1]?.toLowerCase() as Pick['of'] | undefined;
    return of && Array.isArray(part)
      ? part.map((id: unknown, at) => ({ place: `${here}.${at}`, of, id: String(id) }))
      : walk(here, part);
  });
}

export function pickWarnings(document: DraftDocument): Fault[] {
  return [...idWarnings(document), ...bothWarnings(document)];
}

function idWarnings(document: DraftDocument): Fault[] {
  return picksIn(document)
    .filter(({ id }) => !/^[1-9]\d{0,18}$/.test(id.trim()))
    .map(({ place }) => ({ place, message: NO_ID }));
}

/** What a rule both pays for and leaves out, it leaves out. */
function bothWarnings({ earning }: DraftDocument): Fault[] {
  return earning.flatMap(({ settings }, index) =>
    Object.keys(settings).flatMap((name) => {
      if (!name.startsWith('included')) return [];
      const [included, excluded] = [
        settings[name],
        settings[name.replace('included', 'excluded')],
      ].map((list) => (Array.isArray(list) ? list.map((one) => String(one).toLowerCase()) : []));
      return included?.some((one) => excluded?.includes(one))
        ? [{ place: `earning.${index}.settings.${name}`, message: BOTH }]
        : [];
    }),
  );
}

/** @param titles by id, as Shopify says; empty for what the shop does not have */
export function notThereWarnings(
  document: DraftDocument,
  titles: Readonly<Record<string, string>>,
): Fault[] {
  return picksIn(document).flatMap(({ place, id }) =>
    titles[id] === '' ? [{ place, message: NOT_THERE }] : [],
  );
}

const NO_ID = 'This is none of Shopify’s ids, so it names nothing: choose it from the list.';
const BOTH = 'Something stands among what earns and among what earns nothing: it earns nothing.';
const NOT_THERE = 'Your shop does not have this any more: take it out, or choose it again.';
