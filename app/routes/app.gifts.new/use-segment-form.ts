/** The conditions of a gift, edited as parts of a programme are. */
import { useState } from 'react';
import { useFaultWords } from '../../components/use-words.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';
import type { Segment } from '../../domain/segments/segment.ts';
import { withValue } from '../app.programme/use-programme-form.ts';
import type { ProgrammeForm } from '../app.programme/use-programme-form.ts';

export function useSegmentForm({
  segment,
  published,
  faults,
  shown,
  onChange,
}: {
  readonly segment: Segment;
  /** Where tiers have their names. */
  readonly published: DraftDocument;
  readonly faults: readonly Fault[];
  /** Whether faults are shown everywhere. */
  readonly shown: boolean;
  readonly onChange: (segment: Segment) => void;
}): ProgrammeForm {
  const words = useFaultWords();
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  return {
    ...{ document: published, dirty: false, faults, warnings: [], allFaultsShown: shown },
    edit: (place, value) => onChange(withValue(segment, place, value)),
    errorAt: (place) => {
      const fault = faults.find((one) => one.place === place);
      return fault && (shown || visited.has(place)) ? words(fault) : undefined;
    },
    left: (place) => setVisited((known) => new Set([...known, place])),
    replace: () => undefined,
    discard: () => undefined,
    showAllFaults: () => undefined,
  };
}
