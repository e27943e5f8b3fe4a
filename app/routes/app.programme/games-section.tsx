import { InlineStack, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { gameFields } from '../../domain/games/fields.ts';
import { gameDefinitions } from '../../domain/games/registry.ts';
import { gameDrafts } from '../../domain/games/settings.ts';
import { audienceFields } from '../../domain/programme/item-fields.ts';
import { DefinitionList, Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** Free once a day, and half of all plays give a little: to be looked at, not to be published as it is. */
const NEW_GAME = {
  entry: { free: { times: 1, per: 'day' } },
  prizes: [
    { key: 'hundred', name: '100', chance: 20_000, prize: { points: 100 }, instead: 'five' },
    { key: 'five', name: '5', chance: 480_000, prize: { points: 5 } },
  ],
  budgetPoints: 10_000,
};

/** What a new game has besides its kind and its name, every setting filled in. */
const added = ((): Readonly<Record<string, unknown>> => {
  const named = { key: 'a', kind: 'a', name: '', enabled: true, settings: {} };
  const [game = {}] = gameDrafts.parse([{ ...named, ...NEW_GAME }]);
  return Object.fromEntries(Object.entries(game).filter(([setting]) => !(setting in named)));
})();

export function GamesSection({
  form,
  titles,
}: {
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const { games } = form.document;
  return (
    <Section title={t('programme.games.title')} help={t('programme.games.help')}>
      <DefinitionList
        list="games"
        registry={gameDefinitions}
        form={form}
        titles={titles}
        summary={(_, index) => t('games.prizes', { count: games[index]?.prizes.length ?? 0 })}
        added={added}
        lasting
        also={(place, index) => [
          {
            ...{ fields: gameFields, place, settings: games[index] },
            ...{ defaults: added, words: 'programme.game' },
          },
          {
            ...{ fields: audienceFields, place, settings: games[index] },
            ...{ defaults: added, words: 'programme' },
          },
        ]}
      />
      {games.length > 0 && (
        <InlineStack>
          <Link url="/app/games">{t('games.toGames')}</Link>
        </InlineStack>
      )}
    </Section>
  );
}
