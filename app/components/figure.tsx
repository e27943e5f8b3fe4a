import { BlockStack, Text } from '@shopify/polaris';
import { useCounted } from './counted.tsx';

/** A figure below what it is of. */
export function Figure({
  label,
  value,
  small = false,
}: {
  label: string;
  value: string;
  small?: boolean;
}) {
  const counted = useCounted();
  return (
    <BlockStack gap={small ? '0' : '050'}>
      <Text as="p" tone="subdued" variant="bodySm">
        {label}
      </Text>
      <Text as="p" variant={small ? 'headingSm' : 'headingMd'} numeric={small}>
        {counted(value)}
      </Text>
    </BlockStack>
  );
}
