import { z } from 'zod';
import {
  changeConsent,
  deleteCustomer,
  updateCustomer,
} from '../../state/customers/change-customer.ts';
import { mergeCustomers } from '../../state/customers/merge-customers.ts';
import { redactCustomer, requestCustomerData } from '../../state/customers/privacy.ts';
import type { Customer } from '../../state/customer.ts';
import { describeCustomer } from '../describe.ts';
import { customerNamed } from '../named.ts';
import { noBody, reading, route, type Call, type Route } from '../route.ts';

const text = z.union([z.string(), z.null()]).optional();

const person = {
  email: text,
  phone: text,
  firstName: text,
  lastName: text,
  note: text,
  tags: z.array(z.string()).optional(),
  account: z.boolean().optional(),
};

function customerOf({ store, params }: Call): Customer {
  return customerNamed(store, params['customer'] ?? '');
}

const answer = ({ store }: Call, customer: Customer) => ({
  customer: describeCustomer(store, customer),
});

export const customerRoutes: Route[] = [
  reading('/customers', 'The newest fifty customers, or those that `?query=` finds.', (call) => {
    const { store, query } = call;
    const wanted = (query['query'] ?? '').toLowerCase();
    const found = [...store.customers.values()].filter((one) =>
      `${one.firstName ?? ''} ${one.lastName ?? ''} ${one.email ?? ''}`
        .toLowerCase()
        .includes(wanted),
    );
    return {
      customers: found
        .slice(-50)
        .reverse()
        .map((one) => describeCustomer(store, one)),
    };
  }),
  reading('/customers/:customer', 'One customer by id or e-mail.', (call) =>
    answer(call, customerOf(call)),
  ),
  route(
    'POST',
    '/customers',
    'Creates a customer; with `account` one who can log in.',
    z.strictObject({
      ...person,
      locale: z.string().optional(),
      acceptsMarketing: z.boolean().optional(),
    }),
    { email: 'kit@example.com', firstName: 'Kit', lastName: 'Moss', account: true },
    (call, body) => answer(call, call.store.createCustomer(body)),
  ),
  route(
    'PATCH',
    '/customers/:customer',
    'Changes a customer; null takes a value away.',
    z.strictObject(person),
    { firstName: 'Mia', tags: ['newsletter'] },
    (call, body) => answer(call, updateCustomer(call.store, customerOf(call).id, body)),
  ),
  route(
    'DELETE',
    '/customers/:customer',
    'Deletes a customer who has no orders.',
    noBody,
    {},
    (call) => {
      const { id } = customerOf(call);
      deleteCustomer(call.store, id);
      return { deleted: id };
    },
  ),
  route(
    'POST',
    '/merges',
    'Merges `delete` into `keep`. With `fail` Shopify reports a failed merge and nothing changes.',
    z.strictObject({ keep: z.string(), delete: z.string(), fail: z.boolean().optional() }),
    { keep: 'mia@example.com', delete: 'kim@example.com' },
    (call, body) => {
      const { store } = call;
      return mergeCustomers(store, {
        keptId: customerNamed(store, body.keep).id,
        deletedId: customerNamed(store, body.delete).id,
        fail: body.fail,
      });
    },
  ),
  route(
    'POST',
    '/customers/:customer/consent',
    'Changes the consent to marketing by e-mail or SMS.',
    z.strictObject({
      channel: z.enum(['email', 'sms']),
      state: z.enum(['not_subscribed', 'pending', 'subscribed', 'unsubscribed']),
    }),
    { channel: 'email', state: 'subscribed' },
    (call, { channel, state }) =>
      answer(call, changeConsent(call.store, customerOf(call).id, channel, state)),
  ),
  route(
    'POST',
    '/customers/:customer/data-request',
    'Sends customers/data_request.',
    noBody,
    {},
    (call) => {
      const customer = customerOf(call);
      requestCustomerData(call.store, customer.id);
      return answer(call, customer);
    },
  ),
  route(
    'POST',
    '/customers/:customer/redact',
    'Erases who the customer is and sends customers/redact.',
    noBody,
    {},
    (call) => {
      const customer = customerOf(call);
      redactCustomer(call.store, customer.id);
      return answer(call, customer);
    },
  ),
];
