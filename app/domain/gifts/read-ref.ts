/** Whom a line of a file means: a customer by Shopify's id, or by their e-mail. */
export type GiftRef =
  | { readonly by: 'customer'; readonly customerId: string }
  | { readonly by: 'email'; readonly email: string };

const CUSTOMER = /^(?:gid:\/\/shopify\/Customer\/)?(\d{1,19})$/;
const EMAIL = /^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>]+$/;
const LARGEST_ID = 2n ** 63n - 1n;

/** Spreadsheets put an apostrophe before what they are not to count with. */
export function readRef(text: string): GiftRef | null {
  const plain = text.trim().replace(/^'/, '');
  const [, customerId] = CUSTOMER.exec(plain) ?? [];
  if (customerId !== undefined) {
    const id = BigInt(customerId);
    return id > 0n && id <= LARGEST_ID ? { by: 'customer', customerId: String(id) } : null;
  }
  return plain.length <= 255 && EMAIL.test(plain)
    ? { by: 'email', email: plain.toLowerCase() }
    : null;
}

/** A cell that no spreadsheet takes for a formula. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
