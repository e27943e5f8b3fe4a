import { BlockStack, Box, InlineStack, Text } from '@shopify/polaris';
import { arithmetic, origin, sentence } from '../domain/points/explain.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import { useFormat } from './use-format.ts';
import { usePhrases } from './use-words.ts';

/** The sentence, and below it the way from the order's lines to the points. */
export function ExplanationView({
  explanation,
  isDraft = false,
}: {
  explanation: Explanation;
  /** Whether the draft says so, and not a version of the programme. */
  isDraft?: boolean;
}) {
  const phrases = usePhrases();
  const { money } = useFormat();
  const rows = arithmetic(explanation, phrases, money);
  const from = origin(explanation, phrases, isDraft);
  const note = explanation.rule === 'adjustment' ? explanation.note : '';
  return (
    <BlockStack gap="200">
      <Text as="p">{sentence(explanation, phrases, money)}</Text>
      {from !== null && (
        <Text as="p" variant="bodySm" tone="subdued">
          {from}
        </Text>
      )}
      {note !== '' && (
        <Text as="p" tone="subdued">
          {note}
        </Text>
      )}
      {rows.length > 0 && (
        <Box background="bg-surface-secondary" padding="300" borderRadius="200">
          <BlockStack gap="100">
            {rows.map((row, index) => (
              <InlineStack key={index} align="space-between" gap="400" wrap={false}>
                <Text
                  as="span"
                  variant="bodySm"
                  {...(row.kind === 'excluded' && { tone: 'subdued' })}
                  {...(row.kind === 'result' && { fontWeight: 'semibold' })}
                >
                  {row.label}
                </Text>
                <Text
                  as="span"
                  variant="bodySm"
                  numeric
                  alignment="end"
                  {...(row.kind === 'result' && { fontWeight: 'semibold' })}
                >
                  {row.value}
                </Text>
              </InlineStack>
            ))}
          </BlockStack>
        </Box>
      )}
    </BlockStack>
  );
}
