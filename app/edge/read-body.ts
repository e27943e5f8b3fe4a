import type { IncomingMessage } from 'node:http';

export const MOST_BODY_BYTES: number = 5 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/** The bytes as they were sent, which is what was signed. @throws BodyTooLarge above 5 MB */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > MOST_BODY_BYTES) {
    request.resume();
    return Promise.reject(new BodyTooLarge('At most 5 MB.'));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= MOST_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      // A chunked body announces nothing. The rest is read and dropped while the answer goes out.
      request.off('data', take);
      chunks.length = 0;
      request.resume();
      reject(new BodyTooLarge('At most 5 MB.'));
    };
    request.on('data', take);
    request.once('end', () => {
      const only = chunks.length === 1 ? chunks[0] : undefined;
      resolve(only ?? Buffer.concat(chunks));
    });
    request.once('error', reject);
    request.once('close', () => reject(new Error('The sender closed the connection')));
  });
}
