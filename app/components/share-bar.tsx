import { Box, InlineGrid, Text } from '@shopify/polaris';
import { useCounted } from './counted.tsx';

/** A figure and how large it is beside its whole. The bar says nothing that the figure does not. */
export function ShareBar({ name, value, share }: { name: string; value: string; share: number }) {
  const counted = useCounted();
  const width = `${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`;
  return (
    <InlineGrid columns="5.5rem 1fr 4rem" gap="200" alignItems="center">
      <Text as="span" tone="subdued" variant="bodySm">
        {name}
      </Text>
      <div aria-hidden="true">
        <Box background="bg-fill-tertiary" borderRadius="100" minHeight="0.5rem">
          <Box background="bg-fill-brand" borderRadius="100" minHeight="0.5rem" width={width} />
        </Box>
      </div>
      <Text as="span" alignment="end" variant="bodySm">
        {counted(value)}
      </Text>
    </InlineGrid>
  );
}
