/** What a list of members can go by, the largest or newest first. */
export const MEMBER_SORTS = ['newest', 'points', 'earned'] as const;
export type MemberSort = (typeof MEMBER_SORTS)[number];
