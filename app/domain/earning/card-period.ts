import { z } from 'zod';
import { CARD_PERIODS } from './definition.ts';

/** How long what stands on a member's card adds up. */
export const cardPeriod = z.enum(CARD_PERIODS);

export const cardPeriodChoices = [
  { value: 'month', label: 'A month of the calendar' },
  { value: 'year', label: 'A year of the calendar' },
  { value: 'lifetime', label: 'For good' },
] as const;
