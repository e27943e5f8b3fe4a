import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, InlineError, InlineStack, Tag, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const RESOURCES = {
  products: { type: 'product', gid: 'Product' },
  variants: { type: 'variant', gid: 'ProductVariant' },
  collections: { type: 'collection', gid: 'Collection' },
} as const;

/** Products, variants or collections, chosen in Shopify's own picker and kept by their ids. */
export function ResourceField({
  id,
  kind,
  label,
  help,
  ids,
  titles,
  error,
  onChange,
}: {
  id: string;
  kind: 'products' | 'variants' | 'collections';
  label: string;
  help?: string | undefined;
  ids: readonly string[];
  titles: Readonly<Record<string, string>>;
  error: string | undefined;
  onChange: (ids: readonly string[]) => void;
}) {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({});
  const { type, gid } = RESOURCES[kind];

  const choose = async (): Promise<void> => {
    const chosen = await shopify.resourcePicker({
      type,
      action: 'select',
      multiple: true,
      filter: { variants: false },
      selectionIds: ids.map((one) => ({ id: `gid://shopify/${gid}/${one}` })),
    });
    if (!chosen) return;
    const found = chosen.map((one) => ({ id: one.id.replace(/^.*\//, ''), title: one.title }));
    setPicked((known) => ({
      ...known,
      ...Object.fromEntries(found.map((one) => [one.id, one.title])),
    }));
    onChange(found.map((one) => one.id));
  };

  const titleOf = (one: string): string => {
    const title = picked[one] ?? titles[one] ?? `#${one}`;
    return title === '' ? t('programme.notInShop', { id: one }) : title;
  };
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="span" id={`${id}-label`}>
          {label}
        </Text>
        <Button
          id={id}
          size="slim"
          onClick={() => void choose()}
          accessibilityLabel={t('programme.chooseFor', { label })}
        >
          {t('programme.choose')}
        </Button>
      </InlineStack>
      {ids.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('programme.noneChosen')}
        </Text>
      ) : (
        <InlineStack gap="200">
          {ids.map((one) => (
            <Tag
              key={one}
              onRemove={() => onChange(ids.filter((other) => other !== one))}
              accessibilityLabel={t('programme.removeItem', { item: titleOf(one) })}
            >
              {titleOf(one)}
            </Tag>
          ))}
        </InlineStack>
      )}
      {help !== undefined && (
        <Text as="p" tone="subdued">
          {help}
        </Text>
      )}
      {error !== undefined && <InlineError message={error} fieldID={id} />}
    </BlockStack>
  );
}
