/** The Admin API as the app calls it, and the ways in which it can fail, each with its own name. */
import { ClientError, GraphQLClient } from 'graphql-request';
import { z } from 'zod';

export const API_VERSION = '2026-10';

/** Shopify asks to wait. It answers so with HTTP 200, or 429. */
export class Throttled extends Error {
  override name = 'Throttled';
  readonly waitMs: number;
  constructor(waitMs: number) {
    super(`Shopify asks to wait ${waitMs} ms`);
    this.waitMs = waitMs;
  }
}

/** The shop uninstalled, or its token is worth nothing: repeating would not help. */
export class ShopLeft extends Error {
  override name = 'ShopLeft';
}

/** Shopify refused the input. Repeating would not help. */
export class Refused extends Error {
  override name = 'Refused';
}

/** A scope is missing that the merchant has not granted. */
export class AccessDenied extends Refused {
  override name = 'AccessDenied';
  /** Such as `write_gift_cards`; null when Shopify named none. */
  readonly scope: string | null;
  constructor(message: string, scope: string | null) {
    super(message);
    this.scope = scope;
  }
}

/** Shopify failed within, or answered what nobody can read: it may or may not have been done. */
export class Faltered extends Refused {
  override name = 'Faltered';
}

/** Shopify did not answer, or with 5xx: what was asked may or may not have been done. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** The bucket that calls are paid from, as Shopify told it with its last answer. */
export interface Budget {
  readonly available: number;
  readonly most: number;
  readonly perSecond: number;
}

export interface AdminClient {
  /** @throws Throttled, ShopLeft, Refused, Unreachable */
  readonly request: <T>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    answer: z.ZodType<T>,
  ) => Promise<T>;
  /** Null before the first answer. */
  readonly budget: () => Budget | null;
}

const TIMEOUT_MS = 15_000;

export function makeAdminClient({
  domain,
  accessToken,
  fetch,
}: {
  readonly domain: string;
  readonly accessToken: string;
  readonly fetch: typeof globalThis.fetch;
}): AdminClient {
  let budget: Budget | null = null;
  const client = new GraphQLClient(`https://${domain}/admin/api/${API_VERSION}/graphql.json`, {
    headers: { 'X-Shopify-Access-Token': accessToken },
    // Each of our documents holds one operation: its name says nothing, and finding it is to parse the document.
    excludeOperationName: true,
    fetch: (input: RequestInfo | URL, init?: RequestInit) =>
      fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    responseMiddleware: (answered) => {
      if (answered instanceof Error && !(answered instanceof ClientError)) return;
      const told = answered instanceof ClientError ? answered.response : answered;
      budget = budgetOf(told.extensions) ?? budget;
    },
  });
  return {
    request: async (document, variables, answer) => {
      const found = await client.request<unknown>(document, variables).catch((error: unknown) => {
        const told = withoutProtectedParts(error);
        if (told !== null && answer.safeParse(told).success) return told;
        throw namedFailure(error);
      });
      const parsed = answer.safeParse(found);
      if (parsed.success) return parsed.data;
      const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
      throw new Faltered(`Shopify answered in another shape than asked: ${where}`);
    },
    budget: () => budget,
  };
}

const throttle = z.object({
  cost: z.object({
    requestedQueryCost: z.number(),
    throttleStatus: z.object({
      maximumAvailable: z.number(),
      currentlyAvailable: z.number(),
      restoreRate: z.number().positive(),
    }),
  }),
});

function budgetOf(extensions: unknown): Budget | null {
  const told = throttle.safeParse(extensions).data?.cost.throttleStatus;
  if (!told) return null;
  return {
    available: told.currentlyAvailable,
    most: told.maximumAvailable,
    perSecond: told.restoreRate,
  };
}

/**
 * Fields of protected customer data that the app is not approved for come as null beside the rest, with
 * an error for each. What can do without them goes on. A scope that is missing is another thing.
 */
function withoutProtectedParts(error: unknown): unknown {
  if (!(error instanceof ClientError)) return null;
  const { data, errors } = error.response;
  const denied = errors?.every(
    ({ extensions }) => extensions?.['code'] === 'ACCESS_DENIED' && scopeNamed(extensions) === null,
  );
  return denied ? (data ?? null) : null;
}

/** "`write_discounts` access scope." */
function scopeNamed(extensions: Readonly<Record<string, unknown>>): string | null {
  return /`(\w+)`/.exec(String(extensions['requiredAccess']))?.[1] ?? null;
}

function namedFailure(error: unknown): Error {
  if (!(error instanceof ClientError)) {
    return new Unreachable(error instanceof Error ? error.message : String(error));
  }
  const { status, errors, extensions } = error.response;
  if (errors?.some(({ extensions: told }) => told?.['code'] === 'THROTTLED') || status === 429) {
    const told = throttle.safeParse(extensions);
    if (!told.success) return new Throttled(2_000);
    const { requestedQueryCost, throttleStatus } = told.data.cost;
    const missing = requestedQueryCost - throttleStatus.currentlyAvailable;
    // Half a second more than it takes: others draw from the same bucket.
    return new Throttled(
      500 + Math.max(0, Math.ceil((missing / throttleStatus.restoreRate) * 1000)),
    );
  }
  if (status === 401 || status === 402 || status === 403 || status === 404 || status === 423) {
    return new ShopLeft(`Shopify answered ${status}`);
  }
  if (status >= 500) return new Unreachable(`Shopify answered ${status}`);
  const [first] = errors ?? [];
  const message = (first?.message ?? `Shopify answered ${status}`).slice(0, 300);
  if (first?.extensions?.['code'] === 'ACCESS_DENIED') {
    return new AccessDenied(message, scopeNamed(first.extensions));
  }
  const within = errors?.some(({ extensions: told }) => told?.['code'] === 'INTERNAL_SERVER_ERROR');
  return within ? new Faltered(message) : new Refused(message);
}

/** Mutations answer refusals as values. @throws Refused with the first of them */
export function refuseUserErrors(errors: readonly { readonly message: string }[]): void {
  const [first] = errors;
  if (first) throw new Refused(first.message.slice(0, 300));
}

export const userErrors = z.array(z.object({ message: z.string() }));
