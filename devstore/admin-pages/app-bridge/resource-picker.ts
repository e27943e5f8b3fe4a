import { ask } from './channel.ts';
import type { PickerRequest } from './messages.ts';

type Options = {
  type: PickerRequest['type'];
  action?: 'add' | 'select';
  multiple?: boolean | number;
  query?: string;
  filter?: Partial<PickerRequest['filter']>;
  selectionIds?: PickerRequest['selectionIds'];
};

/** Shopify's picker knows these three; asking it for anything else is a mistake it does not forgive. */
const types = ['product', 'variant', 'collection'];

/** Undefined when the person cancels. The array also carries itself as `selection`, as Shopify's does. */
export async function pickResources(options: Options): Promise<unknown> {
  if (!types.includes(options.type)) {
    throw new Error(
      `The resource picker has no type "${options.type}"; it has ${types.join(', ')}.`,
    );
  }
  const picked = await ask({
    ask: 'picker',
    type: options.type,
    action: options.action ?? 'add',
    multiple: options.multiple ?? false,
    query: options.query ?? '',
    filter: {
      hidden: options.filter?.hidden ?? true,
      variants: options.filter?.variants ?? true,
      draft: options.filter?.draft ?? true,
      archived: options.filter?.archived ?? true,
      query: options.filter?.query ?? '',
    },
    selectionIds: options.selectionIds ?? [],
  });
  if (!Array.isArray(picked)) return undefined;
  const resources = picked as unknown[];
  return Object.assign(resources, { selection: resources });
}
