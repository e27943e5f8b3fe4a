/**
 * What the demo's merchant has done before its first visitor comes: installed Laurel through the
 * admin, published a programme, switched the theme's blocks on, connected Judge.me. Everything by the
 * same doors that a person uses; only the clicks are missing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../app/config.server.ts';
import { PATIENT_POOL } from '../app/db.server.ts';
import { programmeDocument } from '../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../app/domain/programme/document.ts';
import { rewardDefinitions } from '../app/domain/rewards/registry.ts';
import { claimReferral } from '../app/operations/claim-referral.ts';
import { connectReviews } from '../app/operations/connect-reviews.ts';
import { ownReferrals } from '../app/operations/own-referrals.ts';
import { publishProgramme } from '../app/operations/publish-programme.ts';
import { saveDraft } from '../app/operations/save-draft.ts';
import { makeWorld } from '../app/world.ts';
import type { World } from '../app/world.ts';
import { withCampaigns } from './demo-campaigns.ts';
import type { Occasion } from './demo-campaigns.ts';
import { takeSeats, withGames } from './demo-games.ts';
import { environment, origin } from './demo/addresses.ts';
import type { Ports } from './demo/addresses.ts';
import { AT_FIRST, bringFriends } from './demo/friends.ts';
import type { Doors } from './demo/friends.ts';

const SHOP = 'laurel-demo.myshopify.com';
const REVIEWS_TOKEN = 'demo-judgeme-private-token';
const ACTOR = 'demo';
const BLOCKS = 'launcher member-card challenges badges streak leaderboard game quiz'.split(' ');
const LONGEST_MS = 300_000;
/** Shopify's library turns away what looks like a bot. */
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

export async function seedDemo({
  ports,
  databaseUrl,
  encryptionKeys,
}: {
  ports: Ports;
  databaseUrl: string;
  encryptionKeys: string;
}): Promise<void> {
  await openApp(ports);
  const env = environment(ports, { databaseUrl, encryptionKeys });
  const world = makeWorld({ ...readConfig(env), logLevel: 'silent' }, { ...PATIENT_POOL, max: 2 });
  try {
    const { shopId, zone } = await shopOf(world);
    const products = await productsOf(ports);
    await publish(world, shopId, { now: world.now(), zone, products });
    await switchBlocksOn(ports);
    await connectReviews(world, {
      shopId,
      actor: ACTOR,
      provider: 'judgeme',
      secret: REVIEWS_TOKEN,
    });
    await control(ports, 'PUT', '/judgeme-secret', { secret: REVIEWS_TOKEN });
    await until('the history to be read', () => isCalm(world, shopId));
    await writeReviews(ports);
    await until('the reviews to be taken in', () => isCalm(world, shopId));
    await bringFriends(doorsOf(ports, world, shopId));
    await takeSeats(world, shopId);
  } finally {
    await world.close();
  }
}

/** Opens Laurel as the admin does: its page names the address, signed, that the iframe loads. */
async function openApp(ports: Ports): Promise<void> {
  const page = await fetch(`${origin(ports.admin)}/store/laurel-demo/apps/laurel`);
  const source = /<iframe[^>]*\sdata-src="([^"]+)"/.exec(await page.text())?.[1];
  if (!source) throw new Error('The admin shows no app to open.');
  const answer = await fetch(source.replaceAll('&amp;', '&'), {
    headers: { 'User-Agent': BROWSER },
  });
  if (!answer.ok) throw new Error(`The app answered ${answer.status} to its first visit.`);
}

async function shopOf(world: World): Promise<{ shopId: string; zone: string }> {
  const shop = await world.prisma.shop.findUnique({ where: { domain: SHOP } });
  if (!shop) throw new Error('The first visit did not install the app.');
  return { shopId: String(shop.id), zone: shop.timeZone };
}

/** What members can spend their points on. */
function rewards(): ProgrammeDocument['rewards'] {
  const offered = [
    ['five-off', 'amount-off', '€5 off', 250, 'Five euros off your next order.'],
    ['free-shipping', 'free-shipping', 'Free shipping', 150, 'We send your next parcel for free.'],
    ['tasting', 'by-hand', 'Tea tasting', 1_500, 'An hour of tasting in our shop, for two.'],
  ] as const;
  return programmeDocument.shape.rewards.parse(
    offered.map(([key, kind, name, points, description]) => ({
      ...{ key, kind, name, enabled: true, points, description },
      settings: { ...(rewardDefinitions.find(kind)?.defaults ?? {}) },
    })),
  );
}

async function publish(world: World, shopId: string, occasion: Occasion): Promise<void> {
  await change(world, shopId, 'The first programme. Orders of the past earn, too.', (document) =>
    withCampaigns(
      withGames({
        ...document,
        ...{ name: 'The Kettle Club', pastOrdersEarn: true, rewards: rewards() },
        referrals: { ...document.referrals, ...AT_FIRST },
      }),
      occasion,
    ),
  );
}

/** Publishes what is made of the draft. */
async function change(
  world: World,
  shopId: string,
  note: string,
  made: (document: ProgrammeDocument) => ProgrammeDocument,
): Promise<void> {
  const draft = await world.prisma.programmeDraft.findUniqueOrThrow({
    where: { shopId: BigInt(shopId) },
  });
  const who = { shopId, actor: ACTOR };
  const document = made(draft.document as unknown as ProgrammeDocument);
  const saved = await saveDraft(world, { ...who, revision: draft.revision, document });
  if (!saved.ok) return;
  const published = await publishProgramme(world, { ...who, revision: saved.revision, note });
  if (!published.ok) throw new Error(`The programme was not published: ${published.refusal.kind}`);
}

/** How friends come to the shop. */
function doorsOf(ports: Ports, world: World, shopId: string): Doors {
  return {
    control: (method, path, body) => control(ports, method, path, body),
    codeOf: async (email) => {
      const member = await world.prisma.member.findFirstOrThrow({
        where: { shopId: BigInt(shopId), email },
      });
      const own = await ownReferrals(world, shopId, String(member.customerId));
      if (!own) throw new Error(`${email} may not refer friends.`);
      return own.code;
    },
    claim: async (customerId, code, device) => {
      const claimed = await claimReferral(world, { shopId, customerId, code, device, ip: null });
      if (!claimed.ok) throw new Error(`A friend did not come: ${claimed.refusal.kind}`);
    },
    change: (referrals) =>
      change(world, shopId, 'Referrals wait for the return window.', (document) => ({
        ...document,
        referrals: { ...document.referrals, ...referrals },
      })),
    calm: () => until('the friends to come', () => isCalm(world, shopId)),
  };
}

async function switchBlocksOn(ports: Ports): Promise<void> {
  for (const block of BLOCKS) {
    const path = `/store/laurel-demo/themes/current/blocks/${block}`;
    const answer = await fetch(`${origin(ports.admin)}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin(ports.admin) },
      body: 'active=yes',
    });
    if (answer.status >= 400) throw new Error(`The block ${block} could not be switched on.`);
  }
}

/** Mia has written four reviews: her fifth, whoever writes it, earns the badge. */
async function writeReviews(ports: Ports): Promise<void> {
  const products = await productsOf(ports);
  const writers = ['mia@example.com', 'noah@example.com'];
  for (const [index, customer] of writers.entries()) {
    for (const { handle } of products.slice(index * 4, index * 4 + (index === 0 ? 4 : 2))) {
      await control(ports, 'POST', '/reviews', { customer, product: handle, rating: 5 - index });
    }
  }
}

async function productsOf(
  ports: Ports,
): Promise<{ id: string; handle: string; productType: string }[]> {
  const { products } = (await control(ports, 'GET', '/products')) as {
    products: { id: string; handle: string; productType: string }[];
  };
  return products;
}

async function control(
  ports: Ports,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(`${origin(ports.control)}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`Control answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Nothing is being read, nothing waits in the inbox, or in the outbox for more than its time. */
async function isCalm(world: World, shopId: string): Promise<boolean> {
  const { rows } = await world.db(shopId).query<{ calm: boolean }>(
    `SELECT NOT EXISTS (SELECT 1 FROM imports WHERE shop_id = $1 AND state IN ('wanted', 'asked', 'reading'))
        AND NOT EXISTS (SELECT 1 FROM deliveries WHERE shop_id = $1 AND state IN ('ready', 'waiting'))
        AND NOT EXISTS (SELECT 1 FROM effects WHERE shop_id = $1 AND state = 'ready'
          AND kind NOT IN ('mirror-member', 'compare-referrals')) AS calm`,
    [shopId],
  );
  return rows[0]?.calm ?? false;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const latest = Date.now() + LONGEST_MS;
  while (!(await isSo())) {
    if (Date.now() > latest) throw new Error(`Waited too long for ${what}.`);
    await sleep(250);
  }
}
