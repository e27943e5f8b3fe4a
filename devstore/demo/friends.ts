/**
 * Friends who came to the demo's shop by a member's link, one in each state that a referral can be in.
 * Time does not pass in the demo: so there was no return window at first, and there is one since.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export interface Doors {
  readonly control: (method: string, path: string, body: object) => Promise<unknown>;
  /** Of a member, by their e-mail. */
  readonly codeOf: (email: string) => Promise<string>;
  /** Signed in at the storefront, in a browser of theirs. */
  readonly claim: (customerId: string, code: string, browser: string) => Promise<void>;
  /** Publishes the programme with this of referrals changed. */
  readonly change: (referrals: { readonly [setting: string]: number | null }) => Promise<void>;
  /** Waits until all that was told is taken in. */
  readonly calm: () => Promise<void>;
}

/** Of one member, only two friends a day are rewarded. */
export const AT_FIRST = { enabled: true, returnDays: 0, perDay: 2 };
const SINCE = { returnDays: 14, perDay: null };

const SECOND_MS = 1_000;
const SHARED_BROWSER = 'a-tablet-in-the-kitchen';

export async function bringFriends(doors: Doors): Promise<void> {
  const { control, claim, calm } = doors;
  // Whose e-mail Shopify told lately can be compared with their friends'.
  await control('PATCH', '/customers/noah@example.com', { note: 'Likes it dark.' });
  const friends = new Map<string, string>();
  for (const [first, last, email] of FRIENDS) {
    const person = { firstName: first, lastName: last, email, account: true };
    const made = z.object({ customer: z.object({ id: z.string() }) });
    friends.set(first, made.parse(await control('POST', '/customers', person)).customer.id);
  }
  await calm();
  const [mia, noah] = [
    await doors.codeOf('mia@example.com'),
    await doors.codeOf('noah@example.com'),
  ];
  const come = (first: string, code: string, browser = `the-browser-of-${first}`): Promise<void> =>
    claim(friends.get(first) ?? '', code, browser);

  for (const first of ['Ada', 'Ben', 'Cleo']) {
    await come(first, mia);
    await buy(doors, friends.get(first), {});
    await calm();
  }
  await come('Dario', noah);
  const returned = await buy(doors, friends.get('Dario'), {});
  await calm();
  await control('POST', `/orders/${returned}/refund`, { lines: 'all', shipping: true });
  await calm();

  await doors.change(SINCE);
  await come('Edda', noah, SHARED_BROWSER);
  await buy(doors, friends.get('Edda'), {});
  await come('Finn', noah);
  // By the order's code alone, which is not paid yet.
  await buy(doors, friends.get('Gwen'), {
    ...{ attributes: { _laurel_ref: mia }, payment: 'pending' },
  });
  await come('Hugo', noah, SHARED_BROWSER);
  await come('Nora', noah);
  await calm();
}

const FRIENDS = [
  ['Ada', 'Brook', 'ada.brook@example.com'],
  ['Ben', 'Carver', 'ben.carver@example.com'],
  ['Cleo', 'Dorn', 'cleo.dorn@example.com'],
  ['Dario', 'Esposito', 'dario.esposito@example.com'],
  ['Edda', 'Falk', 'edda.falk@example.com'],
  ['Finn', 'Grau', 'finn.grau@example.com'],
  ['Gwen', 'Hale', 'gwen.hale@example.com'],
  ['Hugo', 'Ivers', 'hugo.ivers@example.com'],
  ['Nora', 'Noah', 'noah+tea@example.com'],
] as const;

/** @returns the order's id */
async function buy(
  { control }: Doors,
  customer: string | undefined,
  more: { readonly attributes?: Record<string, string>; readonly payment?: 'pending' },
): Promise<string> {
  // Shopify tells whole seconds: an order of the second in which its friend came would lie before that.
  await sleep(SECOND_MS + 50 - (Date.now() % SECOND_MS));
  const lines = [{ product: 'misty-ridge-oolong', quantity: 2 }];
  const placed = await control('POST', '/orders', { customer, lines, ...more });
  return z.object({ order: z.object({ id: z.string() }) }).parse(placed).order.id;
}
