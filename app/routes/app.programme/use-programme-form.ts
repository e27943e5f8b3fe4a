/** The draft in the browser: edited at a place ("tiers.levels.1.need"), checked as it is typed. */
import { useMemo, useState } from 'react';
import { useFaultWords } from '../../components/use-words.ts';
import { notThereWarnings } from '../../domain/programme/check-picks.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import { validateProgramme } from '../../domain/programme/validate-programme.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';

export interface ProgrammeForm {
  readonly document: DraftDocument;
  readonly dirty: boolean;
  /** What stands between the draft and publishing. */
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
  readonly edit: (place: string, value: unknown) => void;
  readonly replace: (document: DraftDocument) => void;
  readonly discard: () => void;
  /** The words of the fault at a place, once somebody was there or asked for all. */
  readonly errorAt: (place: string) => string | undefined;
  readonly left: (place: string) => void;
  readonly showAllFaults: () => void;
  readonly allFaultsShown: boolean;
}

export function useProgrammeForm(
  saved: DraftDocument,
  currency: string,
  titles: Readonly<Record<string, string>>,
): ProgrammeForm {
  const [edited, setEdited] = useState<DraftDocument | null>(null);
  const document = edited ?? saved;
  const validation = useMemo(() => validateProgramme(document, currency), [document, currency]);
  const faults = validation.ok ? [] : validation.faults;
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  // A draft that was kept with faults shows them at once: somebody has been there.
  const [all, setAll] = useState(faults.length > 0);
  const words = useFaultWords();
  const dirty = edited !== null && JSON.stringify(edited) !== JSON.stringify(saved);

  return {
    document,
    dirty,
    faults,
    warnings: validation.ok ? [...validation.warnings, ...notThereWarnings(document, titles)] : [],
    edit: (place, value) => setEdited((now) => withValue(now ?? saved, place, value)),
    replace: setEdited,
    discard: () => setEdited(null),
    errorAt: (place) => {
      const fault =
        all || visited.has(place) ? faults.find((one) => one.place === place) : undefined;
      return fault && words(fault);
    },
    left: (place) => setVisited((known) => new Set([...known, place])),
    showAllFaults: () => setAll(true),
    allFaultsShown: all,
  };
}

/** A copy in which only what lies on the way to the place is new. */
export function withValue<T>(whole: T, place: string, value: unknown): T {
  const [step = '', ...rest] = place.split('.');
  const inner = rest.join('.');
  if (Array.isArray(whole)) {
    const at = Number(step);
    return whole.map((item: unknown, index) =>
      index === at ? (inner === '' ? value : withValue(item, inner, value)) : item,
    ) as T;
  }
  const record = whole as Record<string, unknown>;
  return { ...record, [step]: inner === '' ? value : withValue(record[step], inner, value) } as T;
}
