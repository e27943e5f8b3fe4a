import { InlineStack, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { gameFields } from '../../domain/games/fields.ts';
import { gameDefinitions } from '../../domain/games/registry.ts';
import { gameDrafts } from '../../domain/games/settings.ts';
import { audienceFields } from '../../domain/programme/item-fields.ts';
import { DefinitionList, Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** To be looked at, not to be published as they are: half of all plays give a little. */
const AT_ONCE = {
  entry: { free: { times: 1, per: 'day' } },
  prizes: [
    { key: 'hundred', name: '100', chance: 20_000, prize: { points: 100 }, instead: 'five' },
    { key: 'five', name: '5', chance: 480_000, prize: { points: 5 } },
  ],
  budgetPoints: 10_000,
};
const AT_THE_END = {
  entry: { free: { times: 1, per: 'month' }, perOrder: { tickets: 1 } },
  prizes: [{ key: 'first', name: '1', prize: { points: 1_000 }, stock: 1 }],
};

/** What a new game has besides its kind and its name, every setting filled in. */
function newGame(kind: string): Readonly<Record<string, unknown>> {
  const named = { key: 'a', kind, name: '', enabled: true, settings: {} };
  const atTheEnd = gameDefinitions.find(kind)?.draws === 'at-the-end';
  const [game = {}] = gameDrafts.parse([{ ...named, ...(atTheEnd ? AT_THE_END : AT_ONCE) }]);
  return Object.fromEntries(Object.entries(game).filter(([setting]) => !(setting in named)));
}

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
    <Section part="games" title={t('programme.games.title')} help={t('programme.games.help')}>
      <DefinitionList
        list="games"
        registry={gameDefinitions}
        form={form}
        titles={titles}
        summary={(_, index) => t('games.prizes', { count: games[index]?.prizes.length ?? 0 })}
        added={newGame}
        lasting
        also={(place, index) => [
          {
            ...{ fields: gameFields, place, settings: games[index] },
            ...{ defaults: newGame(games[index]?.kind ?? ''), words: 'programme.game' },
          },
          {
            ...{ fields: audienceFields, place, settings: games[index] },
            ...{ defaults: newGame(''), words: 'programme' },
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
