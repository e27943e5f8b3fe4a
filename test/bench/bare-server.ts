/** The least that takes a webhook honestly: check the HMAC, insert a row, answer. What Laurel is measured beside. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const secret = process.env['SHOPIFY_API_SECRET'] ?? '';
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const expected = createHmac('sha256', secret).update(body).digest();
    const given = Buffer.from(String(request.headers['x-shopify-hmac-sha256']), 'base64');
    const answer = (status: number, says: string): void => {
      response.writeHead(status, { 'Content-Length': Buffer.byteLength(says) }).end(says);
    };
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      answer(401, 'The signature is not valid.');
      return;
    }
    pool
      .query({
        name: 'insert',
        text: `INSERT INTO bare_deliveries (webhook_id, shop_domain, topic, body) VALUES ($1, $2, $3, $4)
          ON CONFLICT (webhook_id) DO NOTHING`,
        values: [
          request.headers['x-shopify-webhook-id'],
          request.headers['x-shopify-shop-domain'],
          request.headers['x-shopify-topic'],
          body,
        ],
      })
      .then(
        () => answer(200, 'Stored.'),
        () => answer(503, 'Cannot store this now.'),
      );
  });
});
server.keepAliveTimeout = 75_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
