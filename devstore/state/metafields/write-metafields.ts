/** metafieldsSet and metafieldsDelete: at most 25, all or nothing, refused in Shopify's words. */
import { createHash } from 'node:crypto';
import type { MetafieldDeclaration } from '../app-declaration.ts';
import type { Metafield } from '../metafield.ts';
import type { Store } from '../store.ts';
import { parseGid } from '../ids.ts';
import { isMetafieldType, misfit } from './metafield-types.ts';

export type MetafieldInput = {
  ownerId: string;
  namespace?: string | null | undefined;
  key: string;
  type?: string | null | undefined;
  value: string;
  /** Null: must not exist yet. Absent: whatever stands. */
  compareDigest?: string | null | undefined;
};

export type MetafieldUserError = {
  field: string[];
  message: string;
  code: string | null;
  elementIndex: number | null;
};

export const metafieldsAtOnce = 25;

export function setMetafields(
  store: Store,
  declarations: readonly MetafieldDeclaration[],
  inputs: readonly MetafieldInput[],
): { metafields: Metafield[]; userErrors: MetafieldUserError[] } {
  if (inputs.length > metafieldsAtOnce) {
    const message = `Exceeded the maximum metafields input limit of ${metafieldsAtOnce}.`;
    const field = ['metafields'];
    return {
      metafields: [],
      userErrors: [{ field, message, code: 'LESS_THAN_OR_EQUAL_TO', elementIndex: null }],
    };
  }
  const userErrors = inputs.flatMap((input, index) => problem(store, declarations, input, index));
  if (userErrors.length > 0) return { metafields: [], userErrors };

  const metafields = store.act(() => inputs.map((input) => write(store, declarations, input)));
  return { metafields, userErrors: [] };
}

export type MetafieldName = { ownerId: string; namespace: string; key: string };

/** Deletes what exists; answers null in the place of what does not, as Shopify does. */
export function deleteMetafields(
  store: Store,
  names: readonly MetafieldName[],
): { deleted: (MetafieldName | null)[]; userErrors: MetafieldUserError[] } {
  const userErrors = names.flatMap((name, index) =>
    ownerExists(store, name.ownerId)
      ? []
      : [{ ...fault(index, 'ownerId', 'Owner does not exist.', 'INVALID_VALUE') }],
  );
  if (userErrors.length > 0) return { deleted: [], userErrors };
  const deleted = store.act(() =>
    names.map((name) => {
      const found = store.metafield(name.ownerId, name.namespace, name.key);
      if (!found) return null;
      store.dropMetafield(found);
      return { ownerId: name.ownerId, namespace: found.namespace, key: found.key };
    }),
  );
  return { deleted, userErrors: [] };
}

function problem(
  store: Store,
  declarations: readonly MetafieldDeclaration[],
  input: MetafieldInput,
  index: number,
): MetafieldUserError[] {
  const namespace = store.namespaceOf(input.namespace ?? null);
  const owned = `app--${store.appNumber}`;
  if (!ownerExists(store, input.ownerId)) {
    return [fault(index, 'ownerId', 'Owner does not exist.', 'INVALID_VALUE')];
  }
  if (
    namespace.startsWith('app--') &&
    !(namespace === owned || namespace.startsWith(`${owned}--`))
  ) {
    const message =
      'Access to this namespace and key on Metafields for this resource type is not allowed.';
    return [fault(index, 'namespace', message, 'APP_NOT_AUTHORIZED')];
  }
  const bounds = lengthProblem(namespace, input.key, index);
  if (bounds) return [bounds];

  const declared = declarationOf(store, declarations, input);
  const existing = store.metafield(input.ownerId, namespace, input.key);
  const type = input.type ?? declared?.type ?? existing?.type;
  if (!type) return [fault(index, 'type', 'Type can’t be blank.', 'BLANK')];
  if (!isMetafieldType(type)) {
    return [fault(index, 'type', `Type must be one of the supported types.`, 'INCLUSION')];
  }
  const expected = declared?.type ?? existing?.type;
  if (expected && type !== expected) {
    const message = `Type must be consistent with the definition's type: ${expected}.`;
    return [fault(index, 'type', message, 'INVALID_TYPE')];
  }
  if (input.compareDigest !== undefined) {
    if (input.compareDigest !== (existing?.compareDigest ?? null)) {
      const message =
        'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.';
      return [fault(index, 'compareDigest', message, 'STALE_OBJECT')];
    }
  }
  const wrong = misfit(type, input.value);
  return wrong === null ? [] : [fault(index, 'value', wrong, 'INVALID_VALUE')];
}

function write(
  store: Store,
  declarations: readonly MetafieldDeclaration[],
  input: MetafieldInput,
): Metafield {
  const namespace = store.namespaceOf(input.namespace ?? null);
  const existing = store.metafield(input.ownerId, namespace, input.key);
  const now = store.timestamp();
  const type =
    input.type ?? declarationOf(store, declarations, input)?.type ?? existing?.type ?? 'json';
  const metafield: Metafield = {
    id: existing?.id ?? store.ids.next('Metafield'),
    ownerId: input.ownerId,
    namespace,
    key: input.key,
    type,
    value: input.value,
    compareDigest: createHash('sha256').update(`${type}\n${input.value}`).digest('hex'),
    createdAt: existing?.createdAt ?? now,
    updatedAt: now,
  };
  store.keepMetafield(metafield);
  return metafield;
}

function declarationOf(
  store: Store,
  declarations: readonly MetafieldDeclaration[],
  input: MetafieldInput,
): MetafieldDeclaration | undefined {
  if (store.namespaceOf(input.namespace ?? null) !== `app--${store.appNumber}`) return undefined;
  const owner = parseGid(input.ownerId)?.type;
  return declarations.find((one) => one.owner === owner && one.key === input.key);
}

function ownerExists(store: Store, ownerId: string): boolean {
  const parsed = parseGid(ownerId);
  switch (parsed?.type) {
    case 'AppInstallation':
      return store.installation?.id === parsed.id;
    case 'Customer':
      return store.customers.has(parsed.id);
    case 'Order':
      return store.orders.has(parsed.id);
    case 'Product':
      return store.products.has(parsed.id);
    case 'Shop':
      return store.shop.id === parsed.id;
    default:
      return false;
  }
}

function lengthProblem(namespace: string, key: string, index: number): MetafieldUserError | null {
  if (key.length < 2)
    return fault(index, 'key', 'Key is too short (minimum is 2 characters)', 'TOO_SHORT');
  if (key.length > 64)
    return fault(index, 'key', 'Key is too long (maximum is 64 characters)', 'TOO_LONG');
  if (namespace.length < 3) {
    return fault(
      index,
      'namespace',
      'Namespace is too short (minimum is 3 characters)',
      'TOO_SHORT',
    );
  }
  if (!/^[\w-]+$/.test(key)) return fault(index, 'key', 'Key is invalid', 'INVALID');
  return null;
}

function fault(index: number, field: string, message: string, code: string): MetafieldUserError {
  return { field: ['metafields', String(index), field], message, code, elementIndex: index };
}
