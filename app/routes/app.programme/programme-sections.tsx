import { BlockStack, FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { badgeFields } from '../../domain/badges/fields.ts';
import { NEW_BADGE } from '../../domain/badges/settings.ts';
import { challengeFieldsOf } from '../../domain/challenges/fields.ts';
import { NEW_CHALLENGE } from '../../domain/challenges/settings.ts';
import { earningDefinitions } from '../../domain/earning/registry.ts';
import { goalDefinitions } from '../../domain/goals/registry.ts';
import {
  audienceFields,
  limitFields,
  rewardAudienceFields,
  rewardFields,
} from '../../domain/programme/item-fields.ts';
import type { ConfiguredDraft } from '../../domain/programme/draft.ts';
import { rewardDefinitions } from '../../domain/rewards/registry.ts';
import { offerBy } from '../../domain/programme/offer-by.ts';
import { EVERYBODY } from '../../domain/segments/segment.ts';
import { WordField } from './field.tsx';
import { ItemSection } from './item-list.tsx';
import { GamesSection } from './games-section.tsx';
import { ReachPreview } from './reach-preview.tsx';
import { QuizzesSection } from './quizzes-section.tsx';
import { LeaderboardsSection } from './leaderboards-section.tsx';
import { ReferralsSection } from './referrals-section.tsx';
import { RulesSections } from './rules-section.tsx';
import { DefinitionList, Section } from './sections.tsx';
import { TiersSection } from './tiers-section.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const FOR_EVERYBODY = {
  audience: { tiers: [], tags: [], withoutTags: [] },
  limits: { each: null, perMember: [] },
};

const NEW_REWARD = {
  points: 500,
  forPoints: true,
  description: '',
  image: '',
  audience: { ...FOR_EVERYBODY.audience, segment: EVERYBODY },
  startsAt: null,
  endsAt: null,
  validDays: 90,
  stock: null,
  perMember: [],
};

/** The parts of the programme, each a card of its own. */
export function ProgrammeSections({
  form,
  titles,
}: {
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const offerOf = useOfferWords();
  const { document } = form;
  const paysOf = (points: unknown): string =>
    Number.isSafeInteger(points) ? format.points(Number(points)) : '';
  return (
    <BlockStack gap="400">
      <Section part="about" title={t('programme.about.title')}>
        <FormLayout>
          <WordField
            label={t('programme.about.name')}
            place="name"
            value={document.name}
            form={form}
            help={t('programme.about.nameHelp')}
          />
          <FormLayout.Group>
            <WordField
              label={t('programme.about.one')}
              place="word.one"
              value={document.word.one}
              form={form}
            />
            <WordField
              label={t('programme.about.other')}
              place="word.other"
              value={document.word.other}
              form={form}
            />
          </FormLayout.Group>
        </FormLayout>
      </Section>
      <Section
        part="earning"
        title={t('programme.earning.title')}
        help={t('programme.earning.help')}
      >
        <DefinitionList
          list="earning"
          registry={earningDefinitions}
          form={form}
          titles={titles}
          summary={offerOf}
          added={FOR_EVERYBODY}
          sorted
          also={(place, index) => [
            {
              fields: [...audienceFields, ...limitFields],
              place,
              settings: document.earning[index],
              defaults: FOR_EVERYBODY,
              words: 'programme',
            },
          ]}
        />
      </Section>
      <ItemSection list="campaigns" form={form} titles={titles} />
      <TiersSection form={form} titles={titles} />
      <ItemSection list="memberships" form={form} titles={titles} />
      <Section
        part="rewards"
        title={t('programme.rewards.title')}
        help={t('programme.rewards.help')}
      >
        <DefinitionList
          list="rewards"
          registry={rewardDefinitions}
          form={form}
          titles={titles}
          summary={(_, index) => paysOf(document.rewards[index]?.points)}
          added={NEW_REWARD}
          sorted
          also={(place, index) => [
            {
              ...{ fields: rewardFields, place, settings: document.rewards[index] },
              ...{ defaults: NEW_REWARD, words: 'programme.reward' },
            },
            {
              ...{ fields: rewardAudienceFields, place, settings: document.rewards[index] },
              ...{ defaults: NEW_REWARD, words: 'programme' },
            },
          ]}
        />
      </Section>
      <Section
        part="challenges"
        title={t('programme.challenges.title')}
        help={t('programme.challenges.help')}
      >
        <DefinitionList
          list="challenges"
          registry={goalDefinitions}
          form={form}
          titles={titles}
          summary={(_, index) => paysOf(document.challenges[index]?.prizePoints)}
          added={NEW_CHALLENGE}
          also={(place, index) => [
            {
              fields: challengeFieldsOf(document.challenges[index]),
              ...{ place, settings: document.challenges[index] },
              ...{ defaults: NEW_CHALLENGE, words: 'programme.challenge' },
            },
            {
              ...{ fields: audienceFields, place, settings: document.challenges[index] },
              ...{ defaults: NEW_CHALLENGE, words: 'programme' },
            },
          ]}
          extras={(_, index) => (
            <ReachPreview
              {...{ form, itemKey: document.challenges[index]?.key ?? '' }}
              list="challenges"
            />
          )}
        />
      </Section>
      <Section part="badges" title={t('programme.badges.title')} help={t('programme.badges.help')}>
        <DefinitionList
          list="badges"
          registry={goalDefinitions}
          form={form}
          titles={titles}
          summary={(_, index) => paysOf(document.badges[index]?.bonusPoints)}
          added={NEW_BADGE}
          also={(place, index) => [
            {
              ...{ fields: badgeFields, place, settings: document.badges[index] },
              ...{ defaults: NEW_BADGE, words: 'programme.badge' },
            },
          ]}
          extras={(_, index) => (
            <ReachPreview {...{ form, itemKey: document.badges[index]?.key ?? '' }} list="badges" />
          )}
        />
      </Section>
      <ItemSection list="streaks" form={form} titles={titles} />
      <GamesSection form={form} titles={titles} />
      <QuizzesSection form={form} titles={titles} />
      <LeaderboardsSection form={form} titles={titles} />
      <ReferralsSection form={form} />
      <ItemSection list="markets" form={form} />
      <RulesSections form={form} />
    </BlockStack>
  );
}

/** "2 points for every €1.00": what a way to earn offers, by its own definition. */
function useOfferWords(): (rule: ConfiguredDraft) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (rule) => {
    const offer = offerBy(rule);
    if (!offer) return '';
    const points = format.points(offer.points);
    return offer.on === 'order'
      ? t('programme.offer.order', { points, per: format.amount(offer.per) })
      : points;
  };
}
