import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import type { AppLoadContext, EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';

const ABANDON_RENDER_MS = 5_000;

/** Every document says who may frame it; only the shop's own admin may. */
export default async function renderDocument(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  { shopify, world }: AppLoadContext,
): Promise<Response> {
  shopify.addDocumentResponseHeaders(request, headers);
  if (!headers.has('Content-Security-Policy')) {
    headers.set('Content-Security-Policy', "frame-ancestors 'none';");
  }
  headers.set('Content-Type', 'text/html; charset=utf-8');
  headers.set('Cache-Control', 'private, no-store');
  let answered = status;

  return new Promise((resolve, reject) => {
    const whole = isbot(request.headers.get('user-agent'));
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={context} url={request.url} abortDelay={ABANDON_RENDER_MS} />,
      {
        [whole ? 'onAllReady' : 'onShellReady']: () => {
          const body = new PassThrough();
          resolve(
            new Response(createReadableStreamFromReadable(body), { headers, status: answered }),
          );
          pipe(body);
        },
        onShellError: reject,
        onError: (error: unknown) => {
          answered = 500;
          world.log.error({ reason: String(error) }, 'a page could not be drawn');
        },
      },
    );
    setTimeout(abort, ABANDON_RENDER_MS + 1_000).unref();
  });
}

/** Failures of loaders and actions; a response that was thrown is an answer and does not come here. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  if (request.signal.aborted) return;
  const path = new URL(request.url).pathname;
  const reason = error instanceof Error ? error.stack : String(error);
  context.world.log.error({ path, reason }, 'a request failed');
}
