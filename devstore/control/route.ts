/** A route of the control API is one entry of a list; the page of instructions is drawn from the same list. */
import { z } from 'zod';
import type { Devstore } from '../start.ts';
import type { Store } from '../state/store.ts';

export type Call = {
  devstore: Devstore;
  store: Store;
  params: Record<string, string>;
  query: Record<string, string>;
};

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  says: string;
  /** A body that works on the demo shop. */
  example: object | null;
  run: (call: Call, body: unknown) => unknown;
};

/** A body of this shape, for the shop it names; the demo shop when it names none. */
export function route<Body>(
  method: Route['method'],
  path: string,
  says: string,
  schema: z.ZodType<Body>,
  example: object | null,
  run: (call: Call, body: Body) => unknown,
): Route {
  return { method, path, says, example, run: (call, body) => run(call, schema.parse(body)) };
}

export function reading(path: string, says: string, run: (call: Call) => unknown): Route {
  return { method: 'GET', path, says, example: null, run };
}

export const noBody = z.strictObject({});

const digits = z.string().regex(/^\d+$/);

/** Ids may be given as text, as a number or as a gid. */
export const idSchema = z.union([
  digits,
  z.int().nonnegative().transform(String),
  z
    .string()
    .regex(/^gid:\/\/shopify\/\w+\/\d+$/)
    .transform((gid) => gid.slice(gid.lastIndexOf('/') + 1)),
]);

export const minor = z.int().nonnegative();

/** "body.lines[0].quantity: …" for people. */
export function sentenceOf(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const place = issue.path.map((part) =>
        typeof part === 'number' ? `[${part}]` : String(part),
      );
      const where = place.join('.').replaceAll('.[', '[');
      return where ? `${where}: ${issue.message}` : issue.message;
    })
    .join('; ');
}
