import type { ConfiguredDraft } from './draft.ts';
import type { Offer } from '../earning/definition.ts';
import { earningDefinitions } from '../earning/registry.ts';

/** What a way to earn offers; null while its settings do not hold, or its kind is not known. */
export function offerBy(rule: Pick<ConfiguredDraft, 'kind' | 'settings'>): Offer | null {
  const definition = earningDefinitions.find(rule.kind);
  const settings = definition?.settings.safeParse(rule.settings);
  return definition && settings?.success ? definition.offer(settings.data) : null;
}
