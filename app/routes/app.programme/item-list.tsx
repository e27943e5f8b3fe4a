import { Link } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDays, useGives } from '../../components/campaign-parts.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import { freeKey } from '../../domain/programme/draft.ts';
import { campaignDraftParts, campaignFields } from '../../domain/campaigns/campaign-settings.ts';
import { audienceFields, marketFields } from '../../domain/programme/item-fields.ts';
import { membershipFields } from '../../domain/memberships/fields.ts';
import { streakFields } from '../../domain/streaks/fields.ts';
import { NEW_STREAK } from '../../domain/streaks/settings.ts';
import type { Field } from '../../domain/fields.ts';
import { DefinitionFields } from './definition-fields.tsx';
import { Fold } from './fold.tsx';
import { RowList } from './row-list.tsx';
import { Section } from './sections.tsx';
import { SwitchAndName } from './switch-and-name.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

type ListName = 'campaigns' | 'markets' | 'memberships' | 'streaks';

const NEW: { readonly [List in ListName]: Omit<DraftDocument[List][number], 'key' | 'name'> } = {
  campaigns: {
    enabled: true,
    multiplier: '2',
    bonus: campaignDraftParts.bonus.parse(undefined),
    when: campaignDraftParts.when.parse(undefined),
    times: null,
    startsAt: '',
    endsAt: '',
    audience: { tiers: [], tags: [], withoutTags: [] },
    rules: [],
    budgetPoints: null,
  },
  markets: { countries: [], currencies: [] },
  memberships: {
    enabled: true,
    plans: [{ products: [], variants: [], length: 12, unit: 'months' }],
    tier: null,
    graceDays: 0,
    noticeDays: 7,
    limit: null,
    reward: null,
  },
  streaks: NEW_STREAK,
};

const FIELDS: Readonly<Record<ListName, readonly Field[]>> = {
  campaigns: [...campaignFields, ...audienceFields],
  markets: marketFields,
  memberships: membershipFields,
  streaks: streakFields,
};

/** Where the words of their fields stand. */
const WORDS: Readonly<Record<ListName, string>> = {
  campaigns: 'programme',
  markets: 'programme',
  memberships: 'programme',
  streaks: 'programme.streak',
};

/** Parts of the programme that have no kinds: each is a name and its fields. */
export function ItemSection({
  list,
  form,
  titles = {},
}: {
  list: ListName;
  form: ProgrammeForm;
  titles?: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const summary = useSummary();
  const [newest, setNewest] = useState<string | null>(null);
  const items: readonly DraftDocument[ListName][number][] = form.document[list];
  const removal = ({ name }: { name: string }): string =>
    name ? t('programme.remove', { name }) : t('programme.removeNameless');
  const fresh = (): DraftDocument[ListName][number] => {
    const key = freeKey(list.replace(/s$/, ''), items);
    setNewest(key);
    return { key, name: '', ...NEW[list] };
  };
  return (
    <Section part={list} title={t(`programme.${list}.title`)} help={t(`programme.${list}.help`)}>
      <RowList
        place={list}
        rows={items}
        form={form}
        look="part"
        isFolded
        isSorted={list === 'campaigns' || list === 'markets'}
        empty={t(`programme.${list}.none`)}
        nameOf={({ name }) => name || t('programme.nameless')}
        removeLabel={removal}
        removeWords={removal}
        adding={{ label: t(`programme.${list}.add`), fresh }}
        draw={(item, place, _, buttons) => (
          <Fold
            {...{ place, form }}
            name={item.name || t('programme.nameless')}
            isOn={'enabled' in item ? item.enabled : undefined}
            summary={summary(item)}
            isNew={item.key === newest}
          >
            <SwitchAndName {...{ place, item, form }}>
              <DefinitionFields
                sets={[
                  {
                    fields: FIELDS[list],
                    place,
                    settings: item,
                    defaults: NEW[list],
                    words: WORDS[list],
                  },
                ]}
                form={form}
                titles={titles}
              />
            </SwitchAndName>
            {buttons}
          </Fold>
        )}
        beside={
          list === 'campaigns' &&
          items.length > 0 && <Link url="/app/campaigns">{t('programme.campaigns.calendar')}</Link>
        }
      />
    </Section>
  );
}

/** What one is, in a line that shows while it is closed. */
function useSummary(): (item: DraftDocument[ListName][number]) => string {
  const { t } = useTranslation();
  const gives = useGives();
  const days = useDays();
  const { list } = useFormat();
  return (item) => {
    if ('multiplier' in item) {
      const { multiplier, bonus, when, startsAt, endsAt } = item;
      const window = { startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt) };
      const isDated = Number.isFinite(window.startsAt) && Number.isFinite(window.endsAt);
      const points = Number(bonus.points) || 0;
      const given = { multiplier, bonus: { ...bonus, points }, firstOrder: when.firstOrder };
      return [gives(given), ...(isDated ? [days(window)] : [])].join(' · ');
    }
    if ('plans' in item) {
      const terms = item.plans.map(({ length, unit }) =>
        length === null ? t('plan.forGood') : t(`plan.for.${unit}`, { count: Number(length) || 0 }),
      );
      return list([...new Set(terms)]);
    }
    return 'countries' in item ? [...item.countries, ...item.currencies].join(', ') : item.words;
  };
}
