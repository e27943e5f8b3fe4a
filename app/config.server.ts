/** The environment, read once and checked: a wrong one stops the start with a sentence. */
import { z } from 'zod';

const LOCAL_KEY = `local:${Buffer.alloc(32, 7).toString('base64')}`;

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: z.string().min(1, 'Set DATABASE_URL to your PostgreSQL.'),
  SHOPIFY_API_KEY: z.string().min(1, "Set SHOPIFY_API_KEY to the app's client id."),
  SHOPIFY_API_SECRET: z.string().min(1, "Set SHOPIFY_API_SECRET to the app's secret."),
  SHOPIFY_API_SECRET_PREVIOUS: z.string().optional(),
  SHOPIFY_APP_URL: z.url('Set SHOPIFY_APP_URL to the address at which Shopify finds the app.'),
  LAUREL_ENCRYPTION_KEYS: z.string().optional(),
  LAUREL_SHOPIFY_URL: z.url().optional(),
  APP_BRIDGE_URL: z.string().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4310),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Config {
  readonly production: boolean;
  readonly databaseUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The secret before the last rotation: Shopify may sign with it for an hour. */
  readonly previousApiSecret: string | null;
  readonly appUrl: string;
  /** `id:base64` pairs; the first one encrypts. */
  readonly encryptionKeys: string;
  /** Origin of the local Shopify, when there is one. */
  readonly localShopifyUrl: string | null;
  readonly appBridgeUrl: string | null;
  readonly port: number;
  readonly logLevel: string;
}

export class ConfigFault extends Error {
  override name = 'ConfigFault';
}

/** @throws ConfigFault with one sentence for each thing that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${issue.message}`,
    );
    throw new ConfigFault(sentences.join('\n'));
  }
  const found = parsed.data;
  const production = found.NODE_ENV === 'production';
  if (production && found.LAUREL_SHOPIFY_URL) {
    throw new ConfigFault('LAUREL_SHOPIFY_URL is for a local Shopify. Unset it in production.');
  }
  if (production && !found.LAUREL_ENCRYPTION_KEYS) {
    throw new ConfigFault(
      'Set LAUREL_ENCRYPTION_KEYS (for example "k1:" and the output of `openssl rand -base64 32`): access tokens are stored encrypted.',
    );
  }
  return {
    production,
    databaseUrl: found.DATABASE_URL,
    apiKey: found.SHOPIFY_API_KEY,
    apiSecret: found.SHOPIFY_API_SECRET,
    previousApiSecret: found.SHOPIFY_API_SECRET_PREVIOUS ?? null,
    appUrl: found.SHOPIFY_APP_URL.replace(/\/$/, ''),
    encryptionKeys: found.LAUREL_ENCRYPTION_KEYS ?? LOCAL_KEY,
    localShopifyUrl: found.LAUREL_SHOPIFY_URL?.replace(/\/$/, '') ?? null,
    appBridgeUrl: found.APP_BRIDGE_URL ?? null,
    port: found.PORT,
    logLevel: found.LOG_LEVEL,
  };
}
