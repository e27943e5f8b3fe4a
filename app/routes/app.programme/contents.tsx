import { Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

/** The parts of the page in their order, each with the key of its title. */
const PARTS = {
  about: 'programme.about.title',
  earning: 'programme.earning.title',
  campaigns: 'programme.campaigns.title',
  tiers: 'programme.tiers.title',
  memberships: 'programme.memberships.title',
  rewards: 'programme.rewards.title',
  challenges: 'programme.challenges.title',
  badges: 'programme.badges.title',
  streaks: 'programme.streaks.title',
  games: 'programme.games.title',
  quizzes: 'programme.quizzes.title',
  leaderboards: 'programme.leaderboards.title',
  referrals: 'programme.sections.referrals',
  markets: 'programme.markets.title',
  points: 'programme.sections.points',
  expiry: 'programme.sections.expiry',
  membership: 'programme.sections.membership',
  versions: 'versions.title',
} as const;

export type Part = keyof typeof PARTS;

/** Of the element that a part is. */
export const partId = (part: Part): string => `part-${part}`;

/** The way to each part: the page is long, and what is looked for may stand at its end. */
export function Contents() {
  const { t } = useTranslation();
  const heading = useId();
  return (
    <Card>
      <nav aria-labelledby={heading}>
        <InlineStack gap="300" blockAlign="center">
          <Text as="h2" variant="headingSm" id={heading}>
            {t('programme.contents')}
          </Text>
          {(Object.keys(PARTS) as readonly Part[]).map((part) => (
            <Button key={part} variant="plain" onClick={() => show(part)}>
              {t(PARTS[part])}
            </Button>
          ))}
        </InlineStack>
      </nav>
    </Card>
  );
}

function show(part: Part): void {
  const element = document.getElementById(partId(part));
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
}
