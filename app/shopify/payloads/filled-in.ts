/** What of a customer's profile is filled in. With what, nobody here remembers. */
import type { ProfileField } from '../../domain/activities/profile-fields.ts';

export function filledIn(told: {
  readonly first_name?: unknown;
  readonly last_name?: unknown;
  readonly email?: unknown;
  readonly phone?: unknown;
  readonly default_address?: unknown;
}): readonly ProfileField[] {
  const { default_address: address } = told;
  const street =
    typeof address === 'object' && address !== null && 'address1' in address
      ? address.address1
      : null;
  const fields: readonly (readonly [ProfileField, boolean])[] = [
    ['name', isFilled(told.first_name) || isFilled(told.last_name)],
    ['email', isFilled(told.email)],
    ['phone', isFilled(told.phone)],
    ['address', isFilled(street)],
  ];
  return fields.flatMap(([field, filled]) => (filled ? [field] : []));
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
