/**
 * The statements that may touch a tenant table without a shop, by the name that they carry in a comment:
 * `/* cross-shop: <name> *\/`. Each is here with the reason why it cannot know the shop.
 */
export const crossShopJobs: Readonly<Record<string, string>> = {
  'test-assertion': 'A test looks at the whole database, for example to show that nothing changed.',
};
