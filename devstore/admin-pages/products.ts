import type { Store } from '../state/store.ts';
import { html, type Html } from './html.ts';
import { money, sentence } from './words.ts';
import { pageOf, pager, searchForm } from './paging.ts';
import { storePath } from './shop-address.ts';

export function productsPage(store: Store, query: string, page: unknown): Html {
  const path = `${storePath(store)}/products`;
  const wanted = query.trim().toLowerCase();
  const all = [...store.products.values()].filter((product) =>
    `${product.title} ${product.vendor} ${product.productType}`.toLowerCase().includes(wanted),
  );
  const found = pageOf(all, page);
  return html`<h1>Products</h1>
    ${searchForm(path, query, 'Title, vendor or type')}
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th>Product</th>
            <th>Status</th>
            <th>Category</th>
            <th>Collections</th>
            <th class="right">Price</th>
            <th class="right">In stock</th>
          </tr>
        </thead>
        <tbody>
          ${found.rows.map((product) => {
            const stock = product.variants.reduce((sum, variant) => sum + variant.inventory, 0);
            const price = product.variants[0]?.priceMinor ?? 0;
            return html`<tr>
              <td>${product.title}</td>
              <td><span class="badge">${sentence(product.status.toLowerCase())}</span></td>
              <td>${product.category?.name ?? product.productType}</td>
              <td>
                ${product.collectionIds.map((id) => store.collections.get(id)?.title ?? '').join(', ')}
              </td>
              <td class="right">${money(price, store.shop.currency)}</td>
              <td class="right">${stock}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${pager(path, query, found)}`;
}
