/** Settings that a definition got after programmes were written: they go by what they are left out as. */
import type { z } from 'zod';
import type { Registry } from '../registry.ts';

interface Defined {
  readonly kind: string;
  readonly settings: z.ZodType;
  readonly defaults: unknown;
}

interface Configured {
  readonly kind: string;
  readonly settings: Record<string, unknown>;
}

/** Adds what may be left out; what must be there and is not stays missing, and is told as a fault. */
export function withLaterSettings<D extends Defined>(
  registry: Registry<D>,
): <C extends Configured>(item: C) => C {
  const known = new Map<string, Record<string, unknown>>();
  return (item) => {
    const definition = registry.find(item.kind);
    if (!definition) return item;
    const later = known.get(item.kind) ?? optionalOf(definition);
    known.set(item.kind, later);
    return { ...item, settings: { ...later, ...item.settings } };
  };
}

function optionalOf({ settings, defaults }: Defined): Record<string, unknown> {
  const whole = Object.entries(defaults as Record<string, unknown>);
  return Object.fromEntries(
    whole.filter(([name]) => {
      const without = Object.fromEntries(whole.filter(([other]) => other !== name));
      return settings.safeParse(without).success;
    }),
  );
}
