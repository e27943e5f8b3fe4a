/** Four hundred customers, a few of them known by name to whoever tries the demo. */
import type { Customer } from '../state/customer.ts';
import type { Store } from '../state/store.ts';
import type { Chance } from './chance.ts';
import { firstNames, lastNames, places, type Place } from './people.ts';

export type Regular = {
  customer: Customer;
  place: Place;
  /** How often this customer comes, compared with the others. */
  weight: number;
  joinedAt: Date;
};

type Persona = { first: string; last: string; weight: number; place: number };

/** `mia@example.com` buys a lot, `noah@example.com` sends things back, `ada@example.com` pays in dollars. */
const personas: Persona[] = [
  { first: 'Mia', last: 'Lindqvist', weight: 7, place: 0 },
  { first: 'Noah', last: 'Berger', weight: 5, place: 3 },
  { first: 'Ada', last: 'Whitfield', weight: 6, place: 13 },
  { first: 'Kim', last: 'Ostrowski', weight: 1, place: 1 },
];

/** The one without a history. */
const newcomer: Persona = { first: 'New', last: 'Comer', weight: 0, place: 0 };

export function seedCustomers(
  store: Store,
  chance: Chance,
  count: number,
  from: Date,
  until: Date,
): Regular[] {
  const regulars: Regular[] = personas.map((persona) =>
    join(store, persona.first, persona.last, {
      email: `${persona.first.toLowerCase()}@example.com`,
      place: places[persona.place] ?? chance.pick(places),
      weight: persona.weight,
      joinedAt: new Date(from),
      account: true,
      acceptsMarketing: true,
    }),
  );
  const span = until.getTime() - from.getTime();
  while (regulars.length < count - 1) {
    const first = chance.pick(firstNames);
    const last = chance.pick(lastNames);
    const name = `${first}.${last}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const taken = store.findCustomerByEmail(`${name}@example.com`) !== undefined;
    regulars.push(
      join(store, first, last, {
        email: taken ? `${name}${regulars.length}@example.com` : `${name}@example.com`,
        place: chance.pick(places),
        weight: 0.2 + chance.next() ** 4 * 12,
        joinedAt: new Date(from.getTime() + Math.floor(chance.next() ** 1.4 * span * 0.95)),
        account: chance.happens(0.6),
        acceptsMarketing: chance.happens(0.4),
      }),
    );
  }
  regulars.push(
    join(store, newcomer.first, newcomer.last, {
      email: 'new@example.com',
      place: places[newcomer.place] ?? chance.pick(places),
      weight: newcomer.weight,
      joinedAt: new Date(until.getTime() - 36 * 3_600_000),
      account: true,
      acceptsMarketing: false,
    }),
  );
  return regulars;
}

function join(
  store: Store,
  firstName: string,
  lastName: string,
  how: {
    email: string;
    place: Place;
    weight: number;
    joinedAt: Date;
    account: boolean;
    acceptsMarketing: boolean;
  },
): Regular {
  const { place } = how;
  const customer = store.at(how.joinedAt, () =>
    store.createCustomer({
      firstName,
      lastName,
      email: how.email,
      account: how.account,
      acceptsMarketing: how.acceptsMarketing,
      locale: place.locale,
      address: {
        address1: `${place.street} ${(firstName.length * 7 + lastName.length * 3) % 90}`,
        city: place.city,
        zip: place.zip,
        province: place.province,
        provinceCode: place.provinceCode,
        country: place.country,
        countryCode: place.countryCode,
      },
    }),
  );
  return { customer, place, weight: how.weight, joinedAt: how.joinedAt };
}
