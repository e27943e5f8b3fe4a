/** Faults of keys: what names something that is not there, and what is there twice. */
import type { Fault } from './validate-programme.ts';

export function unknownKeys(
  place: string,
  keys: readonly string[],
  among: readonly { readonly key: string }[],
  message: string,
): Fault[] {
  return keys.flatMap((key, index) =>
    among.some((one) => one.key === key) ? [] : [{ place: `${place}.${index}`, message }],
  );
}

export function twice(list: string, items: readonly { readonly key: string }[]): Fault[] {
  return items.flatMap(({ key }, index) =>
    items.findIndex((one) => one.key === key) === index
      ? []
      : [{ place: `${list}.${index}.key`, message: `Another one is called "${key}".` }],
  );
}
