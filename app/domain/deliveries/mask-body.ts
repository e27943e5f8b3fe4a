/**
 * A delivery's body as support may see it: pretty, with every number as it was sent (ids above 2^53
 * are not rounded), and with personal data hidden. What is hidden is decided by the key, by what
 * holds it, and by what the value looks like, so an unknown key with an e-mail is hidden, too.
 */

export type MaskedBody =
  | { readonly readable: true; readonly text: string; readonly cut: boolean }
  /** Broken JSON is not shown at all: nobody knows what is in it. */
  | { readonly readable: false };

export const HIDDEN = '•••';
const MOST_CHARACTERS = 200_000;

/** Keys whose value is hidden whatever it is, with all that is in it. */
const PERSONAL = new RegExp(
  [
    '(^|_)e?mail(_address)?$',
    '(^|_)(phone|mobile|fax|sms)(_number)?$',
    '^(first|last|middle|full|given|family|nick|display|user)_?name$',
    '^(name_(prefix|suffix)|salutation|company|vat(_number)?|tax_(id|exemptions)|birth.*|gender)$',
    '^(shop_owner|reviewer_name|author|signature)$',
    '^(address_?\\d?|street.*|house_number|city|zip|zip_?code|postal.*|province|region|latitude|longitude|location)$',
    '(^|_)(ip|ip_address|user_agent|session_hash|accept_language|fingerprint)$',
    '(^|_)(token|secret|password|authorization|credentials|api_key|access_key)s?$',
    '^(order_status_url|landing_site.*|referring_site|invoice_url|recovery_url|abandoned_checkout_url)$',
    '^(.*_)?(note|notes|note_attributes)$',
    '^(properties|custom_attributes|message|comment|body|body_html)$',
    '^(client_details|payment_details|receipt|credit_card.*|account_number|iban|bic)$',
    '^(multipass_identifier|staff_member_name)$',
  ].join('|'),
);

/** Keys whose value is about a person: texts in it are hidden unless their key is known to be harmless. */
const PERSON =
  /(^|_)(customer|customers|address|addresses|recipient|reviewer|contact|person|client|user|destination|owner|staff|attributed_staffs)$/;

const HARMLESS =
  /(^|_)(id|ids|gid|at|on|date|currency|country_code|province_code|locale|state|status|topic|type|kind|tags|sku|barcode|number|version|count|total|amount|price|handle|rating)$/;

/** Bounded on both sides: without bounds a long text without an "@" takes time by its square. */
const EMAIL = /[^\s"'<>(),;:@]{1,128}@[^\s"'<>(),;:@]{1,255}\.[^\s"'<>(),;:@.]{2,63}/g;
const PHONE = /^\+?\(?\d[\d\s().\-/]{5,22}\d$/;
const DATE_OR_AMOUNT = /^\d{4}-\d\d-\d\d|^-?\d{1,15}\.\d{1,4}$/;
const IP = /^(\d{1,3}(\.\d{1,3}){3}|(?=[^:]*:[^:]*:)[0-9a-f:.]{3,45})$/i;

export function maskBody(json: string): MaskedBody {
  try {
    const text = print(parseKeepingNumbers(json), '', { person: false, hidden: false }, '');
    const cut = text.length > MOST_CHARACTERS;
    return { readable: true, text: cut ? text.slice(0, MOST_CHARACTERS) : text, cut };
  } catch (fault) {
    // A body nested thousands deep ends the stack: as unreadable as a broken one.
    if (fault instanceof SyntaxError || fault instanceof RangeError) return { readable: false };
    throw fault;
  }
}

class SentNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

/** TypeScript's library does not know yet that a reviver is told the source of a number. */
function parseKeepingNumbers(json: string): unknown {
  return (JSON.parse as ParseWithSource)(json, (_key, value, { source }) =>
    typeof value === 'number' ? new SentNumber(source ?? String(value)) : value,
  );
}

interface Held {
  readonly person: boolean;
  readonly hidden: boolean;
}

function print(value: unknown, key: string, held: Held, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item) => deeper + print(item, key, held, deeper));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null && !(value instanceof SentNumber)) {
    const members = Object.entries(value).map(([name, inner]) => {
      const within = {
        person: held.person || PERSON.test(wordsOf(name)),
        hidden: held.hidden || PERSONAL.test(wordsOf(name)),
      };
      const shownName = JSON.stringify(name.replaceAll(EMAIL, HIDDEN));
      return `${deeper}${shownName}: ${print(inner, wordsOf(name), within, deeper)}`;
    });
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
  }
  if (value instanceof SentNumber) {
    return held.hidden || looksLikePhone(value.source, key) ? JSON.stringify(HIDDEN) : value.source;
  }
  return typeof value === 'string'
    ? JSON.stringify(maskText(value, key, held))
    : JSON.stringify(value);
}

function maskText(value: string, key: string, { person, hidden }: Held): string {
  if (value === '') return value;
  if (hidden || IP.test(value) || looksLikePhone(value, key)) return HIDDEN;
  if (person && !HARMLESS.test(key)) return HIDDEN;
  const mailless = value.includes('@') ? value.replaceAll(EMAIL, HIDDEN) : value;
  return /^https?:\/\//.test(mailless) ? mailless.replace(/\?.*$/s, `?${HIDDEN}`) : mailless;
}

function looksLikePhone(value: string, key: string): boolean {
  return (
    PHONE.test(value) &&
    !DATE_OR_AMOUNT.test(value) &&
    !(HARMLESS.test(key) || /^\d{1,6}$/.test(value))
  );
}

/** "firstName" and "First-Name" are "first_name". */
function wordsOf(key: string): string {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[\s-]+/g, '_')
    .toLowerCase();
}
