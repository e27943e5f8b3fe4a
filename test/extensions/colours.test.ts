import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine } from '../../devstore/storefront/liquid.ts';
import { extensionFolder } from '../../devstore/storefront/theme-extension.ts';

const engine = createEngine({
  page: { locale: 'en', currency: 'EUR', moneyFormat: '{{amount}}', now: new Date(0) },
  roots: [`${extensionFolder}snippets`],
  translations: new Map(),
  assetUrl: (name) => name,
  escapes: false,
});

function properties(accent: string, background: string): Map<string, string> {
  const style = String(engine.renderFileSync('colours', { accent, background }));
  return new Map(
    [...style.matchAll(/--laurel-([\w-]+):(#[0-9a-f]{6});/gi)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** WCAG 2.1, unrounded, written down here again on purpose. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) =>
    [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((share) => (share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
      .reduce((sum, share, index) => sum + share * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a, b) / Math.min(a, b);
}

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`);

test('whatever colours the merchant picks, every text keeps a contrast of 4.5 to 1', () => {
  fc.assert(
    fc.property(colour, colour, (accent, background) => {
      const found = properties(accent, background);
      expect(found.size).toBe(7);
      const get = (name: string) => found.get(name) ?? '';
      expect(contrast(get('on-accent'), accent)).toBeGreaterThanOrEqual(4.5);
      for (const name of ['text', 'muted', 'link']) {
        expect(contrast(get(name), background), name).toBeGreaterThanOrEqual(4.5);
      }
    }),
    { numRuns: 400 },
  );
});

test('the colours that the blocks come with are kept as they are', () => {
  expect(Object.fromEntries(properties('#1F5C46', '#FFFFFF'))).toEqual({
    accent: '#1F5C46',
    'on-accent': '#FFFFFF',
    background: '#FFFFFF',
    text: '#1B1B1B',
    muted: '#595959',
    line: '#E3E3E3',
    link: '#1F5C46',
  });
});
