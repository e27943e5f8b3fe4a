/** What apps are installed, and the language of the admin. */
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { action } from './orders.ts';
import { adminLanguages, type AdminLanguage } from './app-page.ts';
import { html, type Html } from './html.ts';
import { storePath } from './shop-address.ts';

export function settingsPage(world: World, store: Store, language: AdminLanguage): Html {
  const base = storePath(store);
  const path = `${base}/apps/${world.app.handle}`;
  const scopes = store.installation?.grantedScopes.join(', ') ?? 'Not installed';
  return html`<h1>Settings</h1>
    <section class="card">
      <h2>Apps</h2>
      <div class="line">
        <div>
          <strong>${world.app.name}</strong>
          <div class="muted">${scopes}</div>
        </div>
        <div class="actions">
          ${
            store.installation
              ? html`<a class="button" href="${path}">Open</a
                  >${action(`${path}/uninstall`, 'Uninstall', 'critical')}`
              : action(`${path}/install`, 'Install', 'primary')
          }
        </div>
      </div>
    </section>
    <section class="card">
      <h2>Language</h2>
      <p class="muted">
        These pages stay English; apps are opened in the language that is chosen here.
      </p>
      <form method="post" action="${base}/settings/language" class="actions">
        <label>
          <span class="hidden">Language</span>
          <select name="language">
            ${Object.entries(adminLanguages).map(
              ([code, name]) =>
                html`<option value="${code}" ${code === language && html`selected`}>
                  ${name}
                </option>`,
            )}
          </select>
        </label>
        <button class="button">Save</button>
      </form>
    </section>`;
}
