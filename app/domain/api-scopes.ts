/** What a key of the shop's own programs may do. */
export const API_SCOPES = ['tell-activities', 'withdraw-activities'] as const;
export type ApiScope = (typeof API_SCOPES)[number];
