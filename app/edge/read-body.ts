/** Bodies as they were sent, which is what was signed; and no more of them than memory bears. */
import type { IncomingMessage } from 'node:http';

export const MOST_BODY_BYTES: number = 5 * 1024 * 1024;
/** Of all bodies that are being read: anybody can send, only the signature tells who it was. */
const MOST_BYTES_HELD = 96 * 1024 * 1024;

/** The rest of the body will not be read: the connection cannot be used again. */
export class BodyRefused extends Error {
  override name = 'BodyRefused';
  readonly status: number;

  constructor(status: number, says: string) {
    super(says);
    this.status = status;
  }
}

export class SenderGone extends Error {
  override name = 'SenderGone';
}

/** @throws BodyRefused for a body that is too large, too slow, or one too many; SenderGone */
export type BodyReader = (request: IncomingMessage) => Promise<Buffer>;

export function makeBodyReader(withinMs: number): BodyReader {
  let held = 0;
  return (request) =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (settled: () => void): void => {
        clearTimeout(late);
        held -= size;
        size = 0;
        request.off('data', take).off('end', whole).off('error', gone).off('close', gone);
        settled();
      };
      const refuse = (status: number, says: string): void =>
        settle(() => {
          chunks.length = 0;
          // Without a listener an error of the dropped rest would end the process.
          request.on('error', () => undefined).resume();
          reject(new BodyRefused(status, says));
        });
      const take = (chunk: Buffer): void => {
        size += chunk.length;
        held += chunk.length;
        if (size > MOST_BODY_BYTES) refuse(413, 'At most 5 MB.');
        else if (held > MOST_BYTES_HELD) refuse(503, 'Too many at once, send it again.');
        else chunks.push(chunk);
      };
      const whole = (): void =>
        settle(() => {
          const [only, ...more] = chunks;
          resolve(only && more.length === 0 ? only : Buffer.concat(chunks));
        });
      const gone = (): void => settle(() => reject(new SenderGone('The sender closed')));
      const late = setTimeout(() => refuse(408, 'The body took too long.'), withinMs);
      request.on('data', take).on('end', whole).on('error', gone).on('close', gone);
      if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) {
        refuse(413, 'At most 5 MB.');
      }
    });
}

/** Resolves when the sender has sent everything, or is gone, or `withinMs` have passed. */
export function restIsDropped(request: IncomingMessage, withinMs: number): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(resolve, withinMs);
    const over = (): void => {
      clearTimeout(late);
      resolve();
    };
    request.once('end', over).once('close', over).resume();
  });
}
