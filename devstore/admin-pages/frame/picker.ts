/** The resource picker: a dialog with a search and a list; answers the resources that were chosen. */
import type { PickerRequest } from '../app-bridge/messages.ts';
import { element } from './elements.ts';
import { openDialog } from './dialogs.ts';

type Resource = {
  id: string;
  title: string;
  note: string;
  variants?: Resource[];
  [key: string]: unknown;
};
type Chosen = Map<string, Resource>;

/** Undefined when cancelled. */
export async function pick(request: PickerRequest, base: string): Promise<Resource[] | undefined> {
  const chosen: Chosen = new Map();
  const limit = request.multiple === true ? Infinity : Number(request.multiple) || 1;
  const all = await find(request, '', base);
  for (const { id, variants } of request.selectionIds) {
    const resource = all.find((one) => one.id === id);
    if (resource)
      chosen.set(
        id,
        withVariants(
          resource,
          variants?.map((one) => one.id),
        ),
      );
  }
  return openDialog<Resource[] | undefined>(undefined, (close) => {
    const list = element('ul', { class: 'picker-list' });
    const count = element('span', {});
    const done = element(
      'button',
      { type: 'button', class: 'button primary', click: () => close([...chosen.values()]) },
      request.action === 'select' ? 'Select' : 'Add',
    );
    const report = () => {
      count.textContent = `${chosen.size} selected`;
      done.disabled = chosen.size === 0 && request.selectionIds.length === 0;
    };
    const search = element('input', {
      type: 'search',
      'aria-label': 'Search',
      placeholder: 'Search',
      value: request.query,
    });
    let round = 0;
    const refresh = async () => {
      round += 1;
      const mine = round;
      const found = await find(request, search.value, base);
      // An answer to what was typed before may come late.
      if (mine !== round) return;
      list.replaceChildren(
        ...found.map((one) => row(one, request, chosen, limit, report, () => void refresh())),
      );
      if (found.length === 0) list.append(element('li', { class: 'empty' }, 'Nothing found'));
      report();
    };
    search.addEventListener('input', () => void refresh());
    void refresh();
    const what = request.type === 'collection' ? 'collections' : `${request.type}s`;
    return [
      element('h2', {}, `${request.action === 'select' ? 'Select' : 'Add'} ${what}`),
      search,
      list,
      element(
        'footer',
        {},
        count,
        element(
          'button',
          { type: 'button', class: 'button', click: () => close(undefined) },
          'Cancel',
        ),
        done,
      ),
    ];
  });
}

function row(
  resource: Resource,
  request: PickerRequest,
  chosen: Chosen,
  limit: number,
  report: () => void,
  redraw: () => void,
): HTMLElement {
  const mine = chosen.get(resource.id);
  const choose = (on: boolean) => {
    if (!on) chosen.delete(resource.id);
    else {
      if (limit === 1) chosen.clear();
      if (chosen.size < limit) chosen.set(resource.id, resource);
    }
    report();
    redraw();
  };
  const line = option(resource, mine !== undefined, limit === 1, choose);
  const variants = resource.variants ?? [];
  if (request.type !== 'product' || !request.filter.variants || variants.length < 2 || !mine) {
    return element('li', {}, line);
  }
  const parts = variants.map((variant) =>
    element(
      'li',
      {},
      option(variant, mine.variants?.some((one) => one.id === variant.id) ?? false, false, (on) => {
        const kept = variants.filter((one) =>
          one.id === variant.id ? on : mine.variants?.some((other) => other.id === one.id),
        );
        if (kept.length === 0) chosen.delete(resource.id);
        else chosen.set(resource.id, { ...resource, variants: kept });
        report();
        redraw();
      }),
    ),
  );
  return element('li', {}, line, element('ul', {}, ...parts));
}

function option(
  resource: Resource,
  checked: boolean,
  single: boolean,
  choose: (on: boolean) => void,
): HTMLElement {
  const box = element('input', {
    type: single ? 'radio' : 'checkbox',
    change: () => choose(box.checked),
  });
  box.checked = checked;
  return element(
    'label',
    {},
    box,
    element('span', {}, resource.title),
    element('small', {}, resource.note),
  );
}

function withVariants(resource: Resource, ids: string[] | undefined): Resource {
  if (!ids || !resource.variants) return resource;
  return { ...resource, variants: resource.variants.filter((one) => ids.includes(one.id)) };
}

async function find(request: PickerRequest, query: string, base: string): Promise<Resource[]> {
  const parameters = new URLSearchParams({ type: request.type, query });
  if (request.filter.query) parameters.set('within', request.filter.query);
  for (const flag of ['draft', 'archived', 'hidden'] as const) {
    if (!request.filter[flag]) parameters.set(flag, 'no');
  }
  const response = await fetch(`${base}/bridge/resources?${parameters.toString()}`);
  if (!response.ok) throw new Error('The admin could not search.');
  return (await response.json()) as Resource[];
}
