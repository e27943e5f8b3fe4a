/** The documents that the app mirrors into Shopify, as docs/architecture.md describes them. */
export const programme = {
  v: 1,
  live: true,
  name: 'Leaf Club',
  proxy: '/apps/laurel',
  word: { one: 'point', other: 'points' },
  join: { points: 100 },
  order: { points: 2, per: 100 },
  review: { points: 50 },
  tiers: [
    { key: 'bronze', name: 'Bronze', metric: 'spend', need: 0, multiplier: '1' },
    { key: 'silver', name: 'Silver', metric: 'spend', need: 20000, multiplier: '1.25' },
    { key: 'gold', name: 'Gold', metric: 'orders', need: 1, multiplier: '1' },
  ],
  challenges: [{ key: 'three', name: 'Explorer', need: 3, prizePoints: 100 }],
  badges: [{ key: 'reviewer', name: 'Super Fan', need: 5, bonusPoints: 50 }],
};

export const progress = {
  v: 1,
  tier: { key: 'silver', name: 'Silver', multiplier: '1.25' },
  next: {
    key: 'gold',
    name: 'Gold',
    metric: 'spend',
    have: 32000,
    need: 50000,
    left: 18000,
    percent: 64,
  },
  challenges: [
    {
      key: 'three',
      name: 'Explorer',
      have: 2,
      need: 3,
      done: false,
      counted: ['Tea', 'Coffee'],
      prizePoints: 100,
    },
  ],
  badges: [{ key: 'reviewer', name: 'Super Fan', have: 3, need: 5, earned: false }],
};
