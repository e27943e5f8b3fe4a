/** What a profile can hold. Only whether a field is filled in is known here, never with what. */
export const PROFILE_FIELDS = ['name', 'email', 'phone', 'address', 'birthday'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];
