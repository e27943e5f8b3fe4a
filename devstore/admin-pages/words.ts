import { decimal } from '../state/money.ts';
import type { Customer } from '../state/customer.ts';
import type { Store } from '../state/store.ts';

/** "€1,234.50", exact: the number never passes through a float. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(decimal(minor, currency) as `${number}`);
}

export function moment(iso: string, store: Store): string {
  return new Intl.DateTimeFormat('en', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: store.shop.ianaTimezone,
  }).format(new Date(iso));
}

export function nameOf(customer: Customer): string {
  const name = [customer.firstName, customer.lastName].filter((part) => part !== null).join(' ');
  return name || (customer.email ?? customer.phone ?? `Customer ${customer.id}`);
}

/** "partially_refunded" → "Partially refunded" */
export function sentence(status: string): string {
  const words = status.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
