/** Pieces that several webhook bodies share. */
import type { Address } from '../../state/customer.ts';
import type { Order } from '../../state/order.ts';
import { decimal, type MinorPair } from '../../state/money.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Webhook bodies carry ids as JSON numbers. Ours stay below 2^53, so this is exact. */
export function idNumber(id: string): number {
  return Number(id);
}

export function idOrNull(id: string | null): number | null {
  return id === null ? null : idNumber(id);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** "2026-03-01T10:00:00+01:00": the moment on the shop's wall clock. */
export function localTime(moment: string, timezone: string): string {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    formats.set(timezone, format);
  }
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(new Date(moment))) part[type] = value;
  const offset = part.timeZoneName === 'GMT' ? '+00:00' : (part.timeZoneName ?? '').slice(3);
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${offset}`;
}

export function localTimeOrNull(moment: string | null, timezone: string): string | null {
  return moment === null ? null : localTime(moment, timezone);
}

/** Prints amounts of one order in its two currencies. */
export class MoneyPrinter {
  readonly #currency: string;
  readonly #presentment: string;

  constructor(order: Pick<Order, 'currency' | 'presentmentCurrency'>) {
    this.#currency = order.currency;
    this.#presentment = order.presentmentCurrency;
  }

  shop(pair: MinorPair): string {
    return decimal(pair.shop, this.#currency);
  }

  set(pair: MinorPair): JsonObject {
    return {
      shop_money: { amount: this.shop(pair), currency_code: this.#currency },
      presentment_money: {
        amount: decimal(pair.presentment, this.#presentment),
        currency_code: this.#presentment,
      },
    };
  }
}

/** An address on an order; the customer's own carry ids as well. */
export function orderAddress(address: Address | null): JsonObject | null {
  if (!address) return null;
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: address.country,
    last_name: address.lastName,
    address2: address.address2,
    company: address.company,
    latitude: null,
    longitude: null,
    name: nameOf(address),
    country_code: address.countryCode,
    province_code: address.provinceCode,
  };
}

export function nameOf(person: { firstName: string | null; lastName: string | null }): string {
  return [person.firstName, person.lastName].filter(Boolean).join(' ');
}
