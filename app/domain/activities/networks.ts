export const NETWORKS = [
  'instagram',
  'tiktok',
  'youtube',
  'facebook',
  'x',
  'pinterest',
  'threads',
  'discord',
] as const;
export type Network = (typeof NETWORKS)[number];
