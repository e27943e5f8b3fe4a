import {
  BlockStack,
  Card,
  ChoiceList,
  FormLayout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';

export interface ContentDraft {
  readonly kind: 'points' | 'badge' | 'reward';
  readonly points: string;
  /** Empty for as the programme says. */
  readonly lastDay: string;
  readonly badge: string;
  readonly reward: string;
}

/** What is given: points, a badge or a reward of the published programme. */
export function ContentCard({
  content,
  published,
  missing,
  onChange,
}: {
  content: ContentDraft;
  published: DraftDocument;
  /** Null before somebody tried. */
  missing: { readonly points: boolean; readonly badge: boolean; readonly reward: boolean } | null;
  onChange: (content: ContentDraft) => void;
}) {
  const { t } = useTranslation();
  const set = (part: Partial<ContentDraft>): void => onChange({ ...content, ...part });
  const on = (list: readonly { key: string; name: string; enabled: boolean }[]) =>
    list.filter(({ enabled }) => enabled).map(({ key, name }) => ({ value: key, label: name }));
  const lists = { badge: on(published.badges), reward: on(published.rewards) };
  const errorOf = (name: 'points' | 'badge' | 'reward'): string | undefined =>
    missing?.[name] ? t(`gifts.missing.${name}`) : undefined;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('gifts.what')}
        </Text>
        <ChoiceList
          title={t('gifts.what')}
          titleHidden
          choices={(['points', 'badge', 'reward'] as const).map((kind) => ({
            value: kind,
            label: t(`gifts.kind.${kind}`),
            disabled: kind !== 'points' && lists[kind].length === 0,
          }))}
          selected={[content.kind]}
          onChange={([kind]) => set({ kind: kind as ContentDraft['kind'] })}
        />
        <FormLayout>
          {content.kind === 'points' ? (
            <FormLayout.Group>
              <TextField
                label={t('gifts.points')}
                type="number"
                min={1}
                value={content.points}
                onChange={(points) => set({ points })}
                suffix={t('units.points')}
                autoComplete="off"
                {...given({ error: errorOf('points') })}
              />
              <TextField
                label={t('gifts.lastDay')}
                type="date"
                helpText={t('gifts.lastDayHelp')}
                value={content.lastDay}
                onChange={(lastDay) => set({ lastDay })}
                autoComplete="off"
              />
            </FormLayout.Group>
          ) : (
            <Select
              label={t(`gifts.kind.${content.kind}`)}
              placeholder={t('gifts.choose')}
              options={lists[content.kind]}
              value={content[content.kind]}
              onChange={(key) => set(content.kind === 'badge' ? { badge: key } : { reward: key })}
              {...given({ error: errorOf(content.kind) })}
            />
          )}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
