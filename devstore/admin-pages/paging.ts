import { html, type Html } from './html.ts';

export const pageSize = 25;

export type PageOf<T> = { rows: T[]; page: number; pages: number; count: number };

/** `asked` comes from the address and may be anything. */
export function pageOf<T>(all: readonly T[], asked: unknown): PageOf<T> {
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const wanted = Number.parseInt(typeof asked === 'string' ? asked : '1', 10);
  const page = Math.min(Math.max(Number.isNaN(wanted) ? 1 : wanted, 1), pages);
  const start = (page - 1) * pageSize;
  return { rows: all.slice(start, start + pageSize), page, pages, count: all.length };
}

export function pager(path: string, query: string, of: PageOf<unknown>): Html {
  const address = (page: number) =>
    `${path}?${new URLSearchParams({ ...(query && { q: query }), page: String(page) }).toString()}`;
  return html`<nav class="pager" aria-label="Pages">
    ${of.page > 1 && html`<a class="button" href="${address(of.page - 1)}">‹ Previous</a>`}
    <span>Page ${of.page} of ${of.pages}, ${of.count} in all</span>
    ${of.page < of.pages && html`<a class="button" href="${address(of.page + 1)}">Next ›</a>`}
  </nav>`;
}

export function searchForm(path: string, query: string, label: string): Html {
  return html`<form class="search" role="search" action="${path}">
    <input type="search" name="q" value="${query}" placeholder="${label}" aria-label="${label}" />
    <button class="button">Search</button>
  </form>`;
}
