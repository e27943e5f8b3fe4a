/** Where an order came from, told by Shopify's `source_name`. */
export const CHANNELS = ['online-store', 'pos', 'draft', 'subscription', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

export function channelOf(source: string | null): Channel {
  switch (source) {
    case 'web':
    case 'checkout_next':
      return 'online-store';
    case 'pos':
      return 'pos';
    case 'shopify_draft_order':
      return 'draft';
    case null:
      return 'other';
    default:
      return isRenewal(source) ? 'subscription' : 'other';
  }
}

/** "subscription_contract", and since 2025 "subscription_contract_checkout_one". */
export function isRenewal(source: string | null): boolean {
  return source?.startsWith('subscription_contract') ?? false;
}
