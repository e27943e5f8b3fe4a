/** A shop's page with one block of games on it, for tests of what Liquid draws. */
import { createStorefront } from '../../devstore/storefront/index.ts';
import { boards, played, playing } from '../devstore/games-metafields.ts';
import { ShopperClient } from '../devstore/shopper.ts';
import { serve, smallShop, writeMetafield } from '../devstore/small-shop.ts';

export const BLOCKS = ['challenges', 'badges', 'streak', 'leaderboard', 'game', 'quiz'] as const;

export interface Looking {
  readonly block: (typeof BLOCKS)[number];
  readonly programme?: object;
  /** Null for a shop that has no figures of the customer yet. */
  readonly progress?: object | null;
  readonly who?: 'member' | 'guest';
  readonly language?: string;
  readonly path?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Seen {
  readonly page: string;
  /** What a person reads without script. */
  readonly text: string;
}

export async function gamesPage(): Promise<{
  look: (looking: Looking) => Promise<Seen>;
  close: () => Promise<void>;
}> {
  const server = await serve();
  async function look({
    block,
    programme = {},
    progress = {},
    who = 'member',
    language = 'en',
    path = '/pages/club',
    settings = {},
  }: Looking): Promise<Seen> {
    const shop = smallShop();
    shop.world.addresses.storefront = server.origin;
    server.use(createStorefront(shop.world));
    shop.store.setBlockActive(block, true);
    shop.store.theme.settings = { [block]: settings };
    const app = { app: true, namespace: 'laurel' } as const;
    writeMetafield(shop.store, app, 'programme', 'json', { ...playing, ...programme });
    writeMetafield(shop.store, app, 'boards', 'json', boards);
    const customer = { customer: shop.customerId };
    if (progress !== null) {
      writeMetafield(shop.store, customer, 'points', 'number_integer', '700');
      writeMetafield(shop.store, customer, 'progress', 'json', { ...played, ...progress });
    }
    const client = new ShopperClient(server.origin, language);
    if (who === 'member') await client.post('/account/login', { email: 'ada@example.com' });
    const page = /<div class="club">[\s\S]*<\/main>/.exec(await client.page(path))?.[0] ?? '';
    return { page, text: textOf(page) };
  }
  return { look, close: server.close };
}

function textOf(page: string): string {
  return page
    .replaceAll(/<template[\s\S]*?<\/template>/g, '')
    .replaceAll(/<progress[\s\S]*?<\/progress>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .replaceAll(/ (?=[.,)])/g, '');
}

/** Buttons that are there though no script runs. */
export function buttonsWithoutScript(page: string): string[] {
  const hidden: boolean[] = [];
  const found: string[] = [];
  for (const [tag, closing, name = ''] of page.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    if (['input', 'img', 'link', 'br'].includes(name) || tag.endsWith('/>')) continue;
    if (closing) {
      hidden.pop();
      continue;
    }
    const isHidden = / hidden[ >]/.test(tag) || name === 'template' || name === 'dialog';
    hidden.push(hidden.at(-1) === true || isHidden);
    if (name === 'button' && hidden.at(-1) === false) found.push(tag);
  }
  return found;
}
