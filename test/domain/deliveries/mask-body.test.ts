import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HIDDEN, maskBody } from '../../../app/domain/deliveries/mask-body.ts';

function masked(body: unknown): string {
  const result = maskBody(typeof body === 'string' ? body : JSON.stringify(body));
  if (!result.readable) throw new Error('It was not readable.');
  return result.text;
}

describe('a delivery body as support sees it', () => {
  it('keeps ids above 2^53 exactly', () => {
    expect(masked('{"id": 9223372036854775807, "price": 10.10}')).toBe(
      '{\n  "id": 9223372036854775807,\n  "price": 10.10\n}',
    );
  });

  it('hides who the customer is and keeps what the order is', () => {
    const text = masked({
      id: 820982911946154508n.toString(),
      name: '#1001',
      email: 'ada@example.com',
      phone: '+44 20 7946 0958',
      browser_ip: '192.0.2.7',
      order_status_url: 'https://shop.example/orders/abc/authenticate?key=s3cret',
      note: 'Ring at the back door',
      note_attributes: [{ name: 'gift for', value: 'Grandma Rose' }],
      total_price: '49.95',
      currency: 'EUR',
      created_at: '2026-11-20T10:00:00+01:00',
      customer: { id: '77', first_name: 'Ada', nickname: 'Countess', state: 'enabled' },
      shipping_address: { name: 'Ada Lovelace', address1: 'St James Square 12', zip: '10115' },
      line_items: [{ title: 'Green tea', sku: '4012345678901', properties: [{ value: 'Ada' }] }],
    });
    for (const secret of [
      ...['ada@example.com', '7946', '192.0.2.7', 's3cret', 'back door', 'Rose', 'gift for'],
      ...['Ada', 'Countess', 'Lovelace', 'James', '10115'],
    ]) {
      expect(text).not.toContain(secret);
    }
    for (const kept of [
      ...['820982911946154508', '#1001', '49.95', 'EUR', '2026-11-20T10:00:00+01:00'],
      ...['"77"', 'enabled', 'Green tea', '4012345678901'],
    ]) {
      expect(text).toContain(kept);
    }
  });

  it('hides an e-mail, a phone or an address of the net under a key that nobody knows', () => {
    const text = masked({
      surprise: 'write to ada@example.com please',
      oddity: '(030) 901820-55',
      plain: 4915112345678,
      visitor: '2001:db8::7',
      'ada@example.com': true,
      link: 'https://example.com/path?token=abc',
    });
    expect(text).not.toMatch(/ada@|901820|4915112345678|2001:db8|abc/);
    expect(text).toContain(`write to ${HIDDEN} please`);
    expect(text).toContain('https://example.com/path?');
  });

  it('shows nothing of a body that is no JSON, or nested to break the reader', () => {
    expect(maskBody('{"email": "ada@example.com"')).toEqual({ readable: false });
    expect(maskBody('['.repeat(2_000_000))).toEqual({ readable: false });
  });

  it('cuts a body that no page could show', () => {
    const result = maskBody(JSON.stringify({ tags: 'x'.repeat(300_000) }));
    expect(result).toMatchObject({ readable: true, cut: true });
  });

  const folder = new URL('../../payloads/2026-07/', import.meta.url);
  const samples = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
    entry.name.endsWith('.json'),
  );
  it.each(samples.map(({ name }) => name))(
    'leaves no e-mail and no phone in Shopify’s %s',
    (name) => {
      const text = masked(readFileSync(new URL(name, folder), 'utf8'));
      expect(text).not.toMatch(/@[a-z]+\.[a-z]/i);
      expect(text).not.toMatch(/\+\d{7,}|\d{3}-\d{3}-\d{4}/);
    },
  );
});
