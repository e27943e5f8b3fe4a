/** Whether a value fits a metafield type, in Shopify's words when it does not. */

type Check = (value: string) => string | null;

const integer: Check = (value) =>
  /^-?\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? null : 'Value must be an integer.';

const json: Check = (value) => {
  try {
    JSON.parse(value);
    return null;
  } catch {
    return 'Value is invalid JSON.';
  }
};

const reference =
  (type: string): Check =>
  (value) =>
    new RegExp(`^gid://shopify/${type}/\\d+$`).test(value)
      ? null
      : `Value must be a valid ${type} reference.`;

const checks: Record<string, Check> = {
  boolean: (value) => (/^(true|false)$/.test(value) ? null : 'Value must be true or false.'),
  color: (value) => (/^#[0-9a-fA-F]{6}$/.test(value) ? null : 'Value must be a hex color.'),
  customer_reference: reference('Customer'),
  date: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? null : 'Value must be a date.'),
  date_time: (value) =>
    Number.isNaN(Date.parse(value)) ? 'Value must be in ISO 8601 format.' : null,
  id: (value) => (/^[\w:.-]{1,255}$/.test(value) ? null : 'Value is not a valid id.'),
  json,
  multi_line_text_field: () => null,
  number_decimal: (value) =>
    /^-?\d{1,13}(\.\d{1,9})?$/.test(value) ? null : 'Value must be a decimal.',
  number_integer: integer,
  product_reference: reference('Product'),
  single_line_text_field: (value) =>
    /[\r\n]/.test(value) ? 'Value must be a single line text string.' : null,
  url: (value) => (/^(https?|mailto|sms|tel):/.test(value) ? null : 'Value must be a valid URL.'),
};

export function isMetafieldType(type: string): boolean {
  return checks[listed(type)] !== undefined;
}

/** Null when the value fits. */
export function misfit(type: string, value: string): string | null {
  if (value === '') return 'Value can’t be blank.';
  if (!type.startsWith('list.')) return checks[type]?.(value) ?? null;
  const problem = json(value);
  if (problem) return problem;
  const items: unknown = JSON.parse(value);
  if (!Array.isArray(items)) return 'Value must be an array.';
  for (const item of items) {
    const misfit = checks[listed(type)]?.(String(item));
    if (misfit) return misfit;
  }
  return null;
}

function listed(type: string): string {
  return type.startsWith('list.') ? type.slice('list.'.length) : type;
}
