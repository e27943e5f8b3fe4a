import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Tally } from '../domain/back-test/tally.ts';
import { useFormat } from './use-format.ts';

/** What was found, and the tiers of the draft that was tried. */
export interface Tried {
  readonly tally: Tally;
  readonly tiers: readonly { readonly key: string; readonly name: string }[];
}

/** What publishing itself would do, there and then. */
export function AtOnce({ test }: { test: Tried }) {
  const { t } = useTranslation();
  const { number, points } = useFormat();
  const nameOf = useTierName(test);
  const { moves, givenAtOnce, takenAtOnce } = test.tally;
  return (
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        {t('trial.atOnce')}
      </Text>
      {moves.length === 0 && <Text as="p">{t('trial.nobodyMoves')}</Text>}
      {moves.map(({ from, to, members }) => (
        <Text as="p" key={`${from} ${to}`}>
          {t('trial.move', {
            count: members,
            number: number(members),
            from: nameOf(from),
            to: nameOf(to),
          })}
        </Text>
      ))}
      {givenAtOnce > 0 && <Text as="p">{t('trial.given', { points: points(givenAtOnce) })}</Text>}
      {takenAtOnce > 0 && <Text as="p">{t('trial.taken', { points: points(takenAtOnce) })}</Text>}
    </BlockStack>
  );
}

/** By the draft that was tried. */
export function useTierName(test: Tried): (key: string) => string {
  const { t } = useTranslation();
  return (key) =>
    key === '' ? t('home.noTier') : (test.tiers.find((tier) => tier.key === key)?.name ?? key);
}
