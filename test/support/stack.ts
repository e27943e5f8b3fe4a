/**
 * Everything running, for one browser test file: the local Shopify, web and worker as processes of their
 * own, a database of their own, and a Chromium.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';
import { origin, type Ports } from '../../devstore/demo/addresses.ts';
import type { Child } from '../../devstore/demo/child.ts';
import { chromium } from './chromium.ts';
import { copyOfSeededShop } from './seeded-shop.ts';
import { newFolder, removeFolder, startProcesses } from './stack-processes.ts';
import { newDatabaseUrl } from './test-database.ts';

export interface Stack {
  ports: Ports;
  adminUrl: string;
  storefrontUrl: string;
  controlUrl: string;
  databaseUrl: string;
  encryptionKeys: string;
  /** A page in a window of its own, with nobody's cookies. */
  newPage: () => Promise<Page>;
  /** The worker that runs now, to be killed. */
  worker: () => Child;
  startWorker: () => void;
  /**
   * Stops everything. Throws if a page wrote an error to its console or asked a host that is not local,
   * unless a pattern of `expected` says that it would.
   */
  stop: (expected?: RegExp[]) => Promise<void>;
}

const artifacts = join(import.meta.dirname, '..', 'artifacts');
/** As long as a poll of Vitest's takes: a busy machine is no fault. */
const PATIENCE_MS = 60_000;
const RELOAD_MS = 250;

/** `seeded` is the demo's shop as its seed leaves it; in a `new` one nobody has opened Laurel yet. */
export async function startStack(name: string, shop: 'new' | 'seeded' = 'new'): Promise<Stack> {
  const database = `stack_${name.replaceAll('-', '_')}`;
  const ground =
    shop === 'seeded'
      ? await copyOfSeededShop(database)
      : { databaseUrl: await newDatabaseUrl(database, 'template'), devstore: newFolder() };
  const processes = await startProcesses(name, ground);
  const stop = async (): Promise<void> => {
    await processes.stop();
    removeFolder(ground.devstore);
  };
  try {
    const { ports, databaseUrl, encryptionKeys } = processes;
    let worker = processes.start('worker');
    const browser = await startBrowser();
    return {
      ports,
      adminUrl: origin(ports.admin),
      storefrontUrl: origin(ports.storefront),
      controlUrl: origin(ports.control),
      databaseUrl,
      encryptionKeys,
      newPage: browser.newPage,
      worker: () => worker,
      startWorker: () => {
        worker = processes.start('worker');
      },
      stop: async (expected = []) => {
        await browser.stop();
        await stop();
        const undeclared = browser.faults.filter((fault) => !expected.some((it) => it.test(fault)));
        if (undeclared.length > 0) throw new Error(`In the browser:\n${undeclared.join('\n')}`);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes what the page shows to test/artifacts. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}

/** Loads the page again until it is so: what the worker brings comes when it comes. */
export async function reloadUntil(
  page: Page,
  isSo: () => Promise<boolean>,
  what = 'the page',
): Promise<void> {
  const latest = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > latest) throw new Error(`Waited too long for ${what}.`);
    // Or the browser would take the processor from the worker it waits for.
    await page.waitForTimeout(RELOAD_MS);
    await page.reload();
  }
}

interface WatchedBrowser {
  newPage: () => Promise<Page>;
  faults: string[];
  stop: () => Promise<void>;
}

async function startBrowser(): Promise<WatchedBrowser> {
  const browser = await playwright.launch({
    executablePath: await chromium(() => undefined),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const faults: string[] = [];
  return { newPage: () => newWatchedPage(browser, faults), faults, stop: () => browser.close() };
}

async function newWatchedPage(browser: Browser, faults: string[]): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    // Shopify's library answers 410 to what calls itself headless, and takes it for a bot.
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.route(
    (url) => !['localhost', '127.0.0.1'].includes(url.hostname) && url.protocol.startsWith('http'),
    (route) => {
      faults.push(`asked for ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('weberror', (webError) => faults.push(`threw ${String(webError.error())}`));
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    faults.push(`console.error at ${message.location().url}: ${message.text()}`);
  });
  return context.newPage();
}
