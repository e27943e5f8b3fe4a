import { BlockStack, Button, InlineStack, Tag, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';

/** A list of words, such as vendors: written one by one, shown as tags. */
export function TextsField({
  id,
  label,
  items,
  error,
  help,
  onChange,
  addLabel,
}: {
  id: string;
  label: string;
  items: readonly string[];
  error: string | undefined;
  help?: string | undefined;
  onChange: (items: readonly string[]) => void;
  addLabel: string;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = (): void => {
    const item = text.trim();
    const known = items.some((one) => one.toLowerCase() === item.toLowerCase());
    if (item !== '' && !known) onChange([...items, item]);
    setText('');
  };
  return (
    <BlockStack gap="200">
      <div
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      >
        <TextField
          id={id}
          label={label}
          value={text}
          onChange={setText}
          onBlur={add}
          autoComplete="off"
          maxLength={255}
          {...given({ error, helpText: help })}
          connectedRight={
            <Button onClick={add} disabled={text.trim() === ''}>
              {addLabel}
            </Button>
          }
        />
      </div>
      {items.length > 0 && (
        <InlineStack gap="200">
          {items.map((item) => (
            <Tag
              key={item}
              onRemove={() => onChange(items.filter((one) => one !== item))}
              accessibilityLabel={t('programme.removeItem', { item })}
            >
              {item}
            </Tag>
          ))}
        </InlineStack>
      )}
    </BlockStack>
  );
}
