/**
 * Every column that holds text, as one in which something of a person can stand or as one that says nothing of anybody.
 * A new column belongs to one of the two before test/jobs/erasure-road.test.ts passes.
 */

/** Where something of a person can stand. */
export const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  activities: ['content'],
  data_requests: ['content'],
  deliveries: ['subject', 'body', 'detail', 'webhook_id'],
  effects: ['key', 'payload', 'detail'],
  gift_lines: ['written'],
  issued_rewards: ['note'],
  leaderboard_names: ['nickname', 'skeleton'],
  member_logins: ['email_key'],
  members: ['email', 'name', 'tag_tidings', 'joined_with'],
  merges: ['reason', 'record'],
  orders: ['facts', 'guest_key', 'referral_code'],
  referral_codes: ['code_key', 'code'],
  referral_traces: ['hash'],
  referrals: ['code', 'ruling_reason'],
  request_counts: ['caller'],
  reviews: ['facts'],
  staff_words: ['words'],
  tier_grants: ['note'],
};

/** Keys of the programme, states, hashes of our own, what staff and Shopify say of the shop, and who of the staff did it. */
export const IMPERSONAL: Readonly<Record<string, readonly string[]>> = {
  activities: ['kind', 'activity_id', 'state'],
  api_keys: ['name', 'secret_hash', 'hint', 'scopes', 'created_by'],
  audit: ['actor', 'action', 'subject', 'request_key', 'content', 'hash'],
  audit_chains: ['head'],
  awards: ['source_kind', 'source_id', 'rule_key', 'tier_key', 'steps', 'explanation', 'allowance'],
  back_tests: ['asked_by', 'document', 'state', 'tally', 'drawn', 'campaign_key', 'detail'],
  campaign_budgets: ['campaign_key'],
  code_batches: [
    ...['request_key', 'reward_key', 'name', 'terms', 'codes', 'state', 'detail', 'shopify_id'],
    'asked_by',
  ],
  data_requests: ['request_id'],
  deliveries: ['shop_domain', 'topic', 'api_version', 'event_id', 'state', 'outcome'],
  draws: ['game_key', 'epoch', 'odds_hash', 'chosen', 'route', 'drawn', 'given', 'because'],
  effects: ['kind', 'state'],
  entries: [
    ...['key', 'kind', 'from_account', 'to_account', 'source_kind', 'source_id', 'rule_key'],
    ...['explanation', 'hash'],
  ],
  game_epochs: [
    ...['game_key', 'epoch', 'commit', 'seed_sealed', 'seed', 'state', 'cursor', 'list_hash'],
    'detail',
  ],
  game_odds: ['hash', 'odds'],
  game_pots: ['game_key', 'prizes'],
  gift_lines: ['state', 'refusal'],
  gifts: ['reason', 'content', 'audience', 'state', 'made_by', 'cursor', 'detail'],
  giveaway_holders: ['game_key', 'epoch', 'holder', 'sources', 'drawn'],
  imports: ['subject', 'state', 'bulk_operation_gid', 'detail'],
  integrations: ['provider', 'secret'],
  issued_rewards: [
    ...['reward_key', 'name', 'terms', 'origin', 'making', 'refusal', 'changes', 'shopify_id'],
    ...['secret', 'marker'],
  ],
  kept_figures: ['name', 'asks', 'figures'],
  leaderboard_counts: ['board', 'season'],
  leaderboard_names: ['state'],
  leaderboard_reports: ['board'],
  leaderboard_scores: ['board', 'season'],
  leaderboard_seasons: ['board', 'season', 'state', 'problem', 'mark'],
  lots: ['state', 'source_kind', 'source_id', 'rule_key'],
  member_events: ['key', 'kind', 'content'],
  members: ['state', 'tier_key', 'membership', 'joined_by', 'chain_head'],
  membership_places: ['membership_key'],
  merges: ['merged_by', 'undone_by'],
  night_jobs: ['job'],
  order_flags: ['kind', 'figures', 'dismissed_by'],
  orders: ['name', 'standing', 'currency', 'state'],
  partner_codes: ['reward_key', 'code_hash', 'code'],
  products: ['facts'],
  programme_drafts: ['document', 'edited_by'],
  programme_versions: ['document', 'published_by', 'note'],
  programme_withdrawals: ['withdrawn_by'],
  progress: ['key', 'kind', 'counted', 'details'],
  proofs: ['found'],
  redemptions: [
    ...['request_key', 'purpose', 'state', 'held', 'code', 'discount_lines', 'returns', 'ending'],
  ],
  referral_traces: ['kind'],
  referrals: ['course', 'findings', 'ruling', 'ruled_by', 'state', 'because', 'signals'],
  reviews: ['provider', 'review_id'],
  reward_stocks: ['reward_key'],
  sweeps: ['asked_by', 'state', 'subject', 'cursor', 'detail'],
  tier_grants: ['tier_key', 'reason', 'granted_by', 'revoked_by'],
};

/** Of the shop and its programme, or told under another name: members, deliveries and audit. */
export const ABOUT_NOBODY = [
  ...['api_keys', 'audit', 'audit_chains', 'back_tests', 'campaign_budgets', 'code_batches'],
  ...['data_requests', 'deliveries', 'game_epochs', 'game_odds', 'game_pots', 'imports'],
  ...['integrations', 'kept_figures', 'leaderboard_counts', 'leaderboard_seasons', 'members'],
  ...['night_jobs', 'partner_codes', 'products', 'programme_drafts', 'programme_versions'],
  ...['programme_withdrawals', 'proofs', 'request_counts', 'reward_stocks', 'sweeps'],
];
