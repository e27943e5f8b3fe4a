import { InlineStack, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { leaderboardFields } from '../../domain/leaderboards/fields.ts';
import { scoreMetrics } from '../../domain/leaderboards/metrics/registry.ts';
import { NEW_LEADERBOARD } from '../../domain/leaderboards/settings.ts';
import { audienceFields } from '../../domain/programme/item-fields.ts';
import { DocumentFields } from './rules-section.tsx';
import { DefinitionList, Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** Who is first in a season, under a nickname; what all nicknames must leave out. */
export function LeaderboardsSection({
  form,
  titles,
}: {
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const { leaderboards } = form.document;
  return (
    <Section
      part="leaderboards"
      title={t('programme.leaderboards.title')}
      help={t('programme.leaderboards.help')}
    >
      <DefinitionList
        list="leaderboards"
        registry={scoreMetrics}
        form={form}
        titles={titles}
        summary={(_, index) =>
          t('programme.leaderboards.prizes', { count: leaderboards[index]?.prizes.length ?? 0 })
        }
        added={NEW_LEADERBOARD}
        also={(place, index) => [
          {
            ...{ fields: leaderboardFields, place, settings: leaderboards[index] },
            ...{ defaults: NEW_LEADERBOARD, words: 'programme.leaderboard' },
          },
          {
            ...{ fields: audienceFields, place, settings: leaderboards[index] },
            ...{ defaults: NEW_LEADERBOARD, words: 'programme' },
          },
        ]}
      />
      {leaderboards.length > 0 && (
        <>
          <DocumentFields section="nicknames" form={form} />
          <InlineStack>
            <Link url="/app/leaderboards">{t('programme.leaderboards.standings')}</Link>
          </InlineStack>
        </>
      )}
    </Section>
  );
}
