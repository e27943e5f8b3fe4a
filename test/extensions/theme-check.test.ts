import { themeCheckRun } from '@shopify/theme-check-node';
import { expect, test } from 'vitest';
import { extensionFolder } from '../../devstore/storefront/theme-extension.ts';

test('Shopify’s theme check has nothing to say about the theme extension', async () => {
  const run = await themeCheckRun(extensionFolder, `${extensionFolder}.theme-check.yml`);
  expect(run.theme.length).toBeGreaterThan(10);
  expect(run.config.checks.length).toBeGreaterThan(50);
  const offenses = run.offenses.map((one) => `${one.uri} ${one.check}: ${one.message}`);
  expect(offenses).toEqual([]);
});
