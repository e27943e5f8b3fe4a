/** The ports of demo, development and browser tests; docs/architecture.md has the same table. */
export type Ports = {
  admin: number;
  storefront: number;
  control: number;
  tunnel: number;
  web: number;
  postgres: number;
};

const DEFAULT_BASE = 4300;

export function portsFrom(base: number): Ports {
  return {
    admin: base,
    storefront: base + 1,
    control: base + 2,
    tunnel: base + 3,
    web: base + 10,
    postgres: base + 20,
  };
}

/** The base port that LAUREL_PORT asks for, or a sentence about what is wrong with it. */
export function basePort(asked: string | undefined): number | string {
  if (asked === undefined || asked === '') return DEFAULT_BASE;
  const base = Number(asked);
  if (Number.isInteger(base) && base >= 1024 && base <= 65_500) return base;
  return `LAUREL_PORT is "${asked}" and must be a number from 1024 to 65500.`;
}

export function origin(port: number): string {
  return `http://localhost:${port}`;
}

/** What the processes are told by their environment. */
export function environment(
  ports: Ports,
  given: { databaseUrl: string; encryptionKeys: string },
): Record<string, string> {
  return {
    DATABASE_URL: given.databaseUrl,
    SHOPIFY_API_KEY: 'laurel-local-client-id',
    SHOPIFY_API_SECRET: 'laurel-local-client-secret',
    SHOPIFY_APP_URL: origin(ports.tunnel),
    LAUREL_ENCRYPTION_KEYS: given.encryptionKeys,
    LAUREL_SHOPIFY_URL: origin(ports.admin),
    LAUREL_PORT: String(ports.admin),
    APP_BRIDGE_URL: '/local/app-bridge.js',
    PORT: String(ports.web),
  };
}
