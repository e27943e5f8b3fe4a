/**
 * bulkOperationRunQuery: one at a time in a shop, in windows, so that the shop goes on meanwhile and
 * progress can be watched; at the end a JSONL file and bulk_operations/finish.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DocumentNode } from 'graphql';
import type { AccessToken } from '../../state/shop.ts';
import type { Store } from '../../state/store.ts';
import type { AdminApi } from '../admin-api.ts';
import type { BulkWindow, Context } from '../context.ts';
import { operationOf } from '../documents.ts';
import { checkBulkQuery } from './check-bulk-query.ts';
import { itemsOf, linesOf } from './lines.ts';

export type BulkOperation = {
  id: string;
  shop: string;
  query: string;
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number;
  createdAt: string;
  completedAt: string | null;
  result: string | null;
};

type UserError = { field: string[] | null; message: string; code: string };

const windowSize = 200;

export class BulkOperations {
  readonly #operations = new Map<string, BulkOperation>();
  readonly #pause: () => Promise<unknown>;
  #api: AdminApi | null = null;
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  /** A pause between two windows makes progress visible. */
  constructor(pause: () => Promise<unknown> = () => nextTurn()) {
    this.#pause = pause;
  }

  /** The API runs the queries; it cannot exist before this does. */
  runOn(api: AdminApi): void {
    this.#api = api;
  }

  start(
    context: Context,
    query: string,
  ): { operation: BulkOperation } | { userErrors: UserError[] } {
    const { store, token } = context;
    const api = this.#api;
    if (!api) throw new Error('There is no API to run a bulk operation on.');
    const running = this.#of(store).find((one) => ['CREATED', 'RUNNING'].includes(one.status));
    if (running) {
      const message = `A bulk query operation for this app and shop is already in progress: gid://shopify/BulkOperation/${running.id}.`;
      return { userErrors: [{ field: null, message, code: 'OPERATION_IN_PROGRESS' }] };
    }
    const invalid = (message: string): { userErrors: UserError[] } => ({
      userErrors: [{ field: ['query'], message, code: 'INVALID' }],
    });
    const checked = api.documents.check(query);
    if ('errors' in checked) {
      return invalid(`Invalid bulk query: ${checked.errors.map((one) => one.message).join('; ')}`);
    }
    const operation = operationOf(checked.document, null);
    if (!operation) return invalid('Invalid bulk query: it must be one operation.');
    const fit = checkBulkQuery(api.admin.schema, checked.document, operation);
    if ('refusal' in fit) return invalid(fit.refusal);

    const record: BulkOperation = {
      id: store.ids.next('BulkOperation'),
      shop: store.domain,
      query,
      status: 'CREATED',
      errorCode: null,
      objectCount: 0,
      rootObjectCount: 0,
      fileSize: 0,
      createdAt: store.timestamp(),
      completedAt: null,
      result: null,
    };
    this.#operations.set(record.id, record);
    const run = this.#run(api, store, token, record, checked.document, fit.rootField);
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
    return { operation: record };
  }

  find(store: Store, id: string): BulkOperation | undefined {
    const operation = this.#operations.get(id);
    return operation?.shop === store.domain ? operation : undefined;
  }

  /** The JSONL of a finished operation. */
  result(id: string): string | null {
    return this.#operations.get(id)?.result ?? null;
  }

  records(): BulkOperation[] {
    return [...this.#operations.values()].filter((one) => one.completedAt !== null);
  }

  restore(records: readonly BulkOperation[]): void {
    for (const record of records) this.#operations.set(record.id, record);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  close(): void {
    this.#closed = true;
  }

  #of(store: Store): BulkOperation[] {
    return [...this.#operations.values()].filter((one) => one.shop === store.domain);
  }

  /** Never rejects: what goes wrong is the operation's outcome. */
  async #run(
    api: AdminApi,
    store: Store,
    token: Pick<AccessToken, 'scopes'>,
    record: BulkOperation,
    document: DocumentNode,
    rootField: string,
  ): Promise<void> {
    await this.#pause();
    record.status = 'RUNNING';
    const window: BulkWindow = { rootField, items: null, from: 0, size: windowSize };
    const parts: string[] = [];
    try {
      do {
        if (this.#closed) return;
        const context = api.contextFor(store, token, window);
        const answer = await api.run(document, { variables: {}, operationName: null }, context);
        if (answer.errors) {
          this.#finish(store, record, answer.errors[0]?.extensions?.['code']);
          return;
        }
        for (const node of itemsOf(Object.values(answer.data ?? {})[0]) ?? []) {
          record.rootObjectCount += 1;
          for (const line of linesOf(node, null)) {
            record.objectCount += 1;
            parts.push(JSON.stringify(line));
          }
        }
        window.from += window.size;
        await this.#pause();
      } while (window.from < (window.items?.length ?? 0));
    } catch {
      this.#finish(store, record, 'INTERNAL_SERVER_ERROR');
      return;
    }
    record.result = parts.length > 0 ? `${parts.join('\n')}\n` : '';
    record.fileSize = Buffer.byteLength(record.result);
    this.#finish(store, record, null);
  }

  #finish(store: Store, record: BulkOperation, failure: unknown): void {
    store.act((tell) => {
      const completedAt = store.timestamp();
      record.completedAt = completedAt;
      record.status = failure === null ? 'COMPLETED' : 'FAILED';
      if (failure !== null) {
        record.errorCode = failure === 'ACCESS_DENIED' ? failure : 'INTERNAL_SERVER_ERROR';
      }
      tell({
        topic: 'bulk_operations/finish',
        bulk: {
          id: record.id,
          createdAt: record.createdAt,
          completedAt,
          status: failure === null ? 'completed' : 'failed',
          errorCode: record.errorCode === null ? null : record.errorCode.toLowerCase(),
        },
      });
    });
  }
}
