/** An embedded app as small as it can be, with what App Bridge offers on one page. */
import type http from 'node:http';
import { readSessionToken } from '../../../devstore/oauth/session-token.ts';
import { domain, type SmallShop } from '../../devstore/small-shop.ts';

const cdn = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

export type EmbeddedApp = {
  listener: http.RequestListener;
  refuseOnce: () => void;
  calls: string[];
};

export function embeddedApp({ world, store }: SmallShop): EmbeddedApp {
  let refusing = false;
  const calls: string[] = [];
  const listener: http.RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', world.addresses.tunnel);
    if (url.pathname === '/api') {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      const read = token === '' ? { refusal: 'none' } : readSessionToken(world, store, token);
      const accepted = 'claims' in read && !refusing;
      calls.push(`${request.method} ${accepted ? 'accepted' : 'refused'}`);
      refusing = false;
      if (accepted) request.pipe(response);
      else response.writeHead(401, { 'X-Shopify-Retry-Invalid-Session-Request': '1' }).end();
      return;
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', `frame-ancestors https://${domain};`);
    const script = `<script data-api-key="${world.credentials.apiKey}" src="${cdn}"></script>`;
    if (url.pathname === '/auth/session-token') response.end(script);
    else if (!url.searchParams.has('id_token')) bounce(url, response);
    else
      response.end(
        `<!doctype html><html><head>${script}<title>App</title></head>${body(url)}</html>`,
      );
  };
  return {
    listener,
    calls,
    refuseOnce: () => {
      refusing = true;
    },
  };
}

/** As @shopify/shopify-app-remix does with a document request without a token. */
function bounce(url: URL, response: http.ServerResponse): void {
  const target = new URL('/auth/session-token', url);
  target.search = url.search;
  target.searchParams.set('shopify-reload', url.href);
  response.writeHead(302, { Location: target.pathname + target.search }).end();
}

function body(url: URL): string {
  return `<body>
    <ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/members">Members</a></ui-nav-menu>
    <ui-title-bar title="Programme">
      <button variant="breadcrumb">Programmes</button>
      <button variant="primary" onclick="mark('published')">Publish</button>
      <section label="More"><button onclick="mark('exported')">Export</button></section>
    </ui-title-bar>
    <h1>${url.pathname.replaceAll('<', '&lt;')}</h1>
    <p id="marks"></p>
    <form data-save-bar data-discard-confirmation onsubmit="event.preventDefault(); mark('saved')">
      <label>Rate <input name="rate" value="1"></label>
    </form>
    <button onclick="shopify.toast.show('Done', { duration: 120000, action: 'Undo', onAction: () => mark('undone') })">Toast</button>
    <button onclick="shopify.modal.show('sure')">Ask</button>
    <button onclick="pick()">Pick</button>
    <button onclick="leave()">Leave by script</button>
    <a href="/app/elsewhere">Elsewhere</a>
    <a target="_blank" href="https://${domain}/admin/themes/current/editor?activateAppId=local-client-id/launcher">Editor, new tab</a>
    <a target="_top" href="https://${domain}/admin/themes/current/editor?activateAppId=local-client-id/launcher">Editor</a>
    <ui-modal id="sure"><p>Really?</p>
      <ui-title-bar title="Sure"><button variant="primary" onclick="mark('sure'); shopify.modal.hide('sure')">Yes</button></ui-title-bar>
    </ui-modal>
    <ui-save-bar id="bar" discardConfirmation>
      <button variant="primary" onclick="saveByBar(this)">Keep</button>
      <button onclick="mark('dropped'); shopify.saveBar.hide('bar')">Drop</button>
    </ui-save-bar>
    <s-modal id="web" heading="Web component"><p>Inside</p>
      <button slot="primary-action" onclick="mark('done'); shopify.modal.hide('web')">Do it</button>
    </s-modal>
    <script>
      const saveByBar = (button) => {
        button.setAttribute('loading', '');
        window.endSaving = () => { button.removeAttribute('loading'); mark('kept'); shopify.saveBar.hide('bar'); };
      };
      const mark = (what) => { document.querySelector('#marks').textContent += what + ' '; };
      const pick = async () => {
        const picked = await shopify.resourcePicker({ type: 'product', action: 'select', multiple: true,
          filter: { variants: false }, selectionIds: [] });
        mark(picked ? picked.map((one) => one.title).join('+') : 'cancelled');
      };
      const leave = async () => { await shopify.saveBar.leaveConfirmation(); mark('left'); };
      addEventListener('shopify:navigate', (event) => {
        history.pushState(null, '', event.target.getAttribute('href'));
        document.querySelector('h1').textContent = location.pathname;
      });
      addEventListener('popstate', () => { document.querySelector('h1').textContent = location.pathname; });
    </script>
  </body>`;
}
