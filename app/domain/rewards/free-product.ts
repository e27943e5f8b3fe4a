/** A product for nothing, with something bought besides. */
import { z } from 'zod';
import type { RewardDefinition } from './definition.ts';
import { codeDefaults, codeFields, codeSettings, combinesOf } from './shared-settings.ts';

const texts = z.array(z.string().trim().min(1).max(255)).max(100).default([]);
const settings = z
  .strictObject({
    products: texts,
    variants: texts,
    quantity: z.int().min(1).max(100).default(1),
    buysQuantity: z.int().min(1).max(1000).default(1),
    buysCollections: texts,
    combinesWithOrder: codeSettings.combinesWithOrder,
    combinesWithProduct: codeSettings.combinesWithProduct,
    combinesWithShipping: codeSettings.combinesWithShipping,
  })
  .refine(({ products, variants }) => products.length + variants.length > 0, {
    error: 'Choose what is given.',
    path: ['variants'],
  })
  .refine(({ buysCollections }) => buysCollections.length > 0, {
    error: 'Choose what must be bought with it: Shopify does not take "anything".',
    path: ['buysCollections'],
  });

export const freeProduct: RewardDefinition<z.infer<typeof settings>> = {
  kind: 'free-product',
  byCode: true,
  words: {
    label: 'Free product',
    help: 'A code with which a product in the cart costs nothing, when something else is bought with it.',
  },
  settings,
  defaults: {
    products: [],
    variants: [],
    quantity: 1,
    buysQuantity: 1,
    buysCollections: [],
    combinesWithOrder: codeDefaults.combinesWithOrder,
    combinesWithProduct: codeDefaults.combinesWithProduct,
    combinesWithShipping: codeDefaults.combinesWithShipping,
  },
  fields: [
    { name: 'variants', input: 'variants', label: 'Free is one of these variants' },
    { name: 'products', input: 'products', label: 'Or any variant of these products' },
    { name: 'quantity', input: 'integer', label: 'How many are free', unit: 'pieces' },
    { name: 'buysQuantity', input: 'integer', label: 'With so many others', unit: 'pieces' },
    { name: 'buysCollections', input: 'collections', label: 'Of these collections' },
    ...codeFields.filter(({ name }) => name.startsWith('combines')),
  ],
  terms: (settings) => ({
    kind: 'free-product',
    variants: settings.variants,
    products: settings.products,
    quantity: settings.quantity,
    buys: { quantity: settings.buysQuantity, collections: settings.buysCollections },
    minimum: null,
    combines: combinesOf({ ...codeDefaults, ...settings }),
  }),
};
