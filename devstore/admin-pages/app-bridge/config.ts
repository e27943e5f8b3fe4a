/** Which app in which shop: from the script tag and the URL, remembered while the iframe lives. */
export type Config = {
  apiKey: string;
  shop: string;
  host: string;
  locale: string;
  appOrigins: string[];
};

const memory = 'local-app-bridge-config';

export function readConfig(): Config {
  const parameters = new URLSearchParams(window.location.search);
  const remembered = recall();
  const script = document.currentScript;
  const meta = document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]');
  const config: Config = {
    apiKey: script?.dataset['apiKey'] ?? meta?.content ?? remembered.apiKey ?? '',
    shop: parameters.get('shop') ?? remembered.shop ?? '',
    host: parameters.get('host') ?? remembered.host ?? '',
    locale: parameters.get('locale') ?? remembered.locale ?? 'en',
    appOrigins: [],
  };
  try {
    window.sessionStorage.setItem(memory, JSON.stringify(config));
  } catch {
    // Storage is blocked in this frame: each page must then carry its own parameters.
  }
  return config;
}

function recall(): Partial<Config> {
  try {
    return JSON.parse(window.sessionStorage.getItem(memory) ?? '{}') as Partial<Config>;
  } catch {
    return {};
  }
}

/** `my-shop` of `my-shop.myshopify.com`. */
export function storeHandle(config: Config): string {
  return config.shop.replace(/\.myshopify\.com$/, '');
}
