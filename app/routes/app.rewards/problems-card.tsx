import { Banner, BlockStack, Link, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { RefusedReward } from '../../queries/rewards.ts';
import { AllowScopes } from '../app/allow-scopes.tsx';

/** Rewards that could not be made lately, each with the reason; their points are back already. */
export function ProblemsCard({ problems }: { problems: readonly RefusedReward[] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  if (problems.length === 0) return null;
  const scopes = [...new Set(problems.flatMap(({ scope }) => scope ?? []))];
  return (
    <Banner tone="warning" title={t('rewards.problems', { count: problems.length })}>
      <BlockStack gap="200">
        <Text as="p">{t('rewards.problemsHelp')}</Text>
        {scopes.length > 0 && <AllowScopes scopes={scopes} />}
        <List>
          {problems.map((problem) => (
            <List.Item key={problem.id}>
              <Link url={`/app/members/${problem.memberId}`}>
                {problem.member ?? t('members.nameless')}
              </Link>{' '}
              {t('rewards.problem', {
                name: problem.name,
                date: date(problem.at),
                because: t(`memberReward.because.${problem.reason}`),
              })}
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Banner>
  );
}
