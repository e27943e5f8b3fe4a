import { BlockStack, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';

/** The parts of an import that its progress shows. */
export interface ImportFacts {
  readonly subject: string;
  readonly state: string;
  readonly found: number;
  readonly takenIn: number;
  readonly detail: string | null;
}

export function isRunning({ state }: Pick<ImportFacts, 'state'>): boolean {
  return state === 'wanted' || state === 'asked' || state === 'reading';
}

export function ImportProgress({ imports }: { imports: readonly ImportFacts[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <BlockStack gap="200">
      {imports.map((one) => {
        const labelId = `import-${one.subject}`;
        const counted = { taken: number(one.takenIn), found: number(one.found) };
        return (
          <BlockStack key={one.subject} gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="span" id={labelId}>
                {t(`import.subject.${one.subject}`)}
              </Text>
              <Text as="span" tone="subdued">
                {t(`import.state.${one.state}`, counted)}
              </Text>
            </InlineStack>
            <ProgressBar
              progress={shareOf(one)}
              size="small"
              tone={one.state === 'failed' ? 'critical' : 'primary'}
              ariaLabelledBy={labelId}
            />
            {one.state === 'failed' && one.detail !== null && (
              <Text as="span" tone="critical">
                {one.detail}
              </Text>
            )}
          </BlockStack>
        );
      })}
    </BlockStack>
  );
}

function shareOf({ state, found, takenIn }: ImportFacts): number {
  if (state === 'finished') return 100;
  return found === 0 ? 0 : Math.min(100, Math.floor((takenIn / found) * 100));
}
