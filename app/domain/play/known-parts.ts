/** What there is to play: of the programme in force, of the draft, and of what was ever published. */
import { campaignState } from '../campaigns/campaign-state.ts';
import type { CampaignState } from '../campaigns/campaign-state.ts';
import type { DraftDocument } from '../programme/draft.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

export const PLAY_LISTS = [
  'challenges',
  'badges',
  'streaks',
  'leaderboards',
  'games',
  'quizzes',
] as const;
export type PlayList = (typeof PLAY_LISTS)[number];

export interface KnownPart<List extends PlayList = PlayList> {
  readonly list: List;
  readonly key: string;
  readonly name: string;
  readonly state: CampaignState;
  /** When it was first published, and when the programme went on without it. */
  readonly since: Moment | null;
  readonly goneAt: Moment | null;
  /** Null for open. */
  readonly startsAt: Moment | null;
  readonly endsAt: Moment | null;
  /** As it is in force; else as the draft has it, else as it was published last. */
  readonly item: DraftDocument[List][number];
  /** Its place in the draft; null where the draft does not have it. */
  readonly place: number | null;
}

/** Running ones first, then what comes next, then what is over. */
export function knownParts<List extends PlayList>(
  list: List,
  shop: ShopTerms,
  draft: DraftDocument | null,
  now: Moment,
): readonly KnownPart<List>[] {
  const begun = shop.versions
    .filter(({ version }) => version.effectiveAt <= now)
    .sort((a, b) => a.version.effectiveAt - b.version.effectiveAt);
  const published = begun.map(({ version }) => itemsOf(version.document, list)).toReversed();
  const present = itemsOf(inForce(shop, now)?.version.document ?? null, list);
  const drafted = itemsOf(draft, list);
  const keys = new Set([drafted, ...published].flatMap((items) => items.map(({ key }) => key)));
  const parts = [...keys].flatMap((key): KnownPart<List>[] => {
    const inItems = (items: readonly DraftDocument[List][number][]) =>
      items.find((item) => item.key === key) ?? null;
    const last = published.map(inItems).find((item) => item !== null) ?? null;
    const current = inItems(present);
    const item = current ?? inItems(drafted) ?? last;
    if (!item) return [];
    const [startsAt, endsAt] = [momentOf(item.startsAt), momentOf(item.endsAt)];
    const window = { startsAt: startsAt ?? -Infinity, endsAt: endsAt ?? Infinity };
    const state = campaignState(window, current, last !== null, now);
    const place = drafted.findIndex((one) => one.key === key);
    const { name } = item;
    const holders = begun.map(({ version }) => inItems(itemsOf(version.document, list)) !== null);
    const momentAt = (index: number): Moment | null => begun[index]?.version.effectiveAt ?? null;
    return [
      {
        ...{ list, key, name, state, startsAt, endsAt, item, place: place < 0 ? null : place },
        since: momentAt(holders.indexOf(true)),
        goneAt: current === null && last !== null ? momentAt(holders.lastIndexOf(true) + 1) : null,
      },
    ];
  });
  return parts.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
}

const STATES: readonly CampaignState[] = ['running', 'planned', 'draft', 'off', 'over'];

function itemsOf<List extends PlayList>(
  document: Pick<DraftDocument, List> | null,
  list: List,
): readonly DraftDocument[List][number][] {
  return document?.[list] ?? [];
}

/** What is no moment yet says nothing. */
function momentOf(text: string | null): Moment | null {
  const at = Date.parse(text ?? '');
  return Number.isFinite(at) ? at : null;
}
