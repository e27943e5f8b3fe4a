import type { Address, Customer } from '../../state/customer.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { idNumber, localTime, nameOf, type JsonObject } from './body-parts.ts';

export function customerBody(store: Store, customer: Customer): JsonObject {
  return {
    ...customerHead(store, customer),
    addresses: customer.addresses.map((address) => customerAddress(customer, address)),
    ...customerTail(customer),
  };
}

/** The customer as an order carries it: everything but the list of addresses. */
export function orderCustomer(store: Store, customer: Customer): JsonObject {
  return { ...customerHead(store, customer), ...customerTail(customer) };
}

function customerHead(store: Store, customer: Customer): JsonObject {
  const zone = store.shop.ianaTimezone;
  return {
    id: idNumber(customer.id),
    created_at: localTime(customer.createdAt, zone),
    updated_at: localTime(customer.updatedAt, zone),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state,
    note: customer.note,
    verified_email: customer.verifiedEmail,
    multipass_identifier: null,
    tax_exempt: customer.taxExempt,
    email: customer.email,
    phone: customer.phone,
    currency: store.shop.currency,
  };
}

function customerTail(customer: Customer): JsonObject {
  const address = customer.addresses.find((one) => one.id === customer.defaultAddressId);
  return {
    tax_exemptions: [],
    admin_graphql_api_id: gid('Customer', customer.id),
    ...(address ? { default_address: customerAddress(customer, address) } : {}),
  };
}

function customerAddress(customer: Customer, address: Address): JsonObject {
  return {
    id: idNumber(address.id),
    customer_id: idNumber(customer.id),
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    province: address.province,
    country: address.country,
    zip: address.zip,
    phone: address.phone,
    name: nameOf(address),
    province_code: address.provinceCode,
    country_code: address.countryCode,
    country_name: address.country,
    default: address.id === customer.defaultAddressId,
  };
}
