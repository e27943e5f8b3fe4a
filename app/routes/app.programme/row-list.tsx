/**
 * A list of rows that can be added, removed and, where their order means something, moved. The focus goes
 * where the hand went: into a row that is new, to the row that took the place of one that is gone.
 */
import { BlockStack, Box, Button, InlineStack, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { AddMenu } from './add-menu.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';
import { useRows } from './use-rows.ts';
import type { Rows } from './use-rows.ts';

/** `line`: inputs side by side; `box`: a setting's row with more to it; `part`: a part of the programme. */
type Look = 'line' | 'box' | 'part';

/** What a press of the button adds: the same each time, or one of several kinds. */
type Adding<Row> =
  | { readonly label: string; readonly fresh: () => Row }
  | {
      readonly label: string;
      readonly kinds: readonly { readonly kind: string; readonly label: string; help: string }[];
      readonly fresh: (kind: string) => Row;
    };

export interface RowListProps<Row> {
  /** Where the list stands in the form's document. */
  readonly place: string;
  readonly rows: readonly Row[];
  readonly form: Pick<ProgrammeForm, 'edit' | 'errorAt'>;
  readonly look: Look;
  /** `buttons` only where a row `isFolded`: then they are drawn with what it folds. */
  readonly draw: (row: Row, place: string, index: number, buttons: ReactNode) => ReactNode;
  /** Null where there is nothing more to add. */
  readonly adding: Adding<Row> | null;
  readonly removeLabel: (row: Row, index: number) => string;
  /** The words of a button that says it in words. */
  readonly removeWords?: (row: Row, index: number) => string;
  readonly label?: string;
  readonly help?: string;
  /** What stands there while there are no rows. */
  readonly empty?: string;
  /** What a row is called; where it `isTitled`, for everybody to see. */
  readonly nameOf?: (row: Row, index: number) => string;
  readonly isTitled?: boolean;
  readonly isFolded?: boolean;
  /** Whether their order means something. */
  readonly isSorted?: boolean;
  readonly least?: number;
  readonly most?: number;
  /** Above the rows. */
  readonly above?: ReactNode;
  /** Below the rows, and beside the button that adds. */
  readonly below?: ReactNode;
  readonly beside?: ReactNode;
  /** Where more goes with the rows than their place. */
  readonly onRows?: (rows: readonly Row[]) => void;
}

const GAP = { line: '200', box: '300', part: '400' } as const;

export function RowList<Row>(list: RowListProps<Row>) {
  const { place, form, label, help, empty, look, draw } = list;
  const labelId = useId();
  const error = form.errorAt(place);
  const rows = useRows(list.rows, list.onRows ?? ((next) => form.edit(place, next)));
  return (
    <div
      id={place}
      ref={rows.ref}
      role="group"
      tabIndex={-1}
      style={{ scrollMarginTop: '5rem' }}
      {...(label !== undefined && { 'aria-labelledby': labelId })}
    >
      <BlockStack gap={GAP[look]}>
        {label !== undefined && (
          <BlockStack gap="050">
            <Text as="span" id={labelId}>
              {label}
            </Text>
            {help !== undefined && (
              <Text as="p" tone="subdued">
                {help}
              </Text>
            )}
          </BlockStack>
        )}
        {error !== undefined && (
          <Text as="p" tone="critical">
            {error}
          </Text>
        )}
        {list.rows.length === 0 && empty !== undefined && (
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        )}
        {list.above}
        {list.rows.map((row, index) => (
          <div
            key={rows.names[index]}
            role="group"
            tabIndex={-1}
            data-row=""
            aria-label={list.nameOf?.(row, index) ?? `${label ?? ''} ${index + 1}`}
          >
            <RowFrame {...{ list, row, index, rows }}>
              <div data-inputs="">
                {draw(
                  row,
                  `${place}.${index}`,
                  index,
                  list.isFolded && <RowButtons {...{ list, row, index, rows }} />,
                )}
              </div>
            </RowFrame>
          </div>
        ))}
        {list.below}
        <AddRow list={list} add={rows.add} />
      </BlockStack>
    </div>
  );
}

interface OneRow<Row> {
  readonly list: RowListProps<Row>;
  readonly row: Row;
  readonly index: number;
  readonly rows: Rows<Row>;
}

function RowFrame<Row>({ children, ...one }: OneRow<Row> & { readonly children: ReactNode }) {
  const { list, row, index } = one;
  if (list.look === 'line') {
    return (
      <InlineStack gap="200" blockAlign="end" wrap={false}>
        <Box width="100%">{children}</Box>
        <RowButtons {...one} />
      </InlineStack>
    );
  }
  const isTitled = list.isTitled === true;
  return (
    <Box
      padding="300"
      borderWidth="025"
      borderColor="border"
      borderRadius="200"
      background={isTitled || list.look === 'part' ? 'bg-surface-secondary' : 'bg-surface'}
    >
      <BlockStack gap="300">
        {isTitled && (
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h3" variant="headingSm">
              {list.nameOf?.(row, index)}
            </Text>
            <RowButtons {...one} />
          </InlineStack>
        )}
        {children}
        {!isTitled && list.isFolded !== true && (
          <InlineStack align={list.removeWords ? 'start' : 'end'}>
            <RowButtons {...one} />
          </InlineStack>
        )}
      </BlockStack>
    </Box>
  );
}

function RowButtons<Row>({ list, row, index, rows }: OneRow<Row>) {
  const { t } = useTranslation();
  const { isSorted = false, least = 0, nameOf } = list;
  const name = nameOf?.(row, index) ?? String(index + 1);
  const words = list.removeWords?.(row, index);
  const remove = {
    accessibilityLabel: list.removeLabel(row, index),
    onClick: () => rows.remove(index),
  };
  return (
    <InlineStack gap="100" wrap={false}>
      {isSorted && (
        <>
          <Button
            variant="tertiary"
            icon={ArrowUpIcon}
            disabled={index === 0}
            onClick={() => rows.move(index, index - 1)}
            accessibilityLabel={t('programme.up', { name })}
          />
          <Button
            variant="tertiary"
            icon={ArrowDownIcon}
            disabled={index === list.rows.length - 1}
            onClick={() => rows.move(index, index + 1)}
            accessibilityLabel={t('programme.down', { name })}
          />
        </>
      )}
      {list.rows.length > least &&
        (words === undefined ? (
          <Button icon={DeleteIcon} variant="tertiary" {...remove} />
        ) : (
          <Button variant="plain" tone="critical" {...remove}>
            {words}
          </Button>
        ))}
    </InlineStack>
  );
}

function AddRow<Row>({ list, add }: { list: RowListProps<Row>; add: (row: Row) => void }) {
  const { adding, rows, most = Infinity, look } = list;
  if (adding === null || rows.length >= most) return list.beside;
  if ('kinds' in adding) {
    const { label, kinds, fresh } = adding;
    return <AddMenu {...{ label, kinds }} onAdd={(kind) => add(fresh(kind))} />;
  }
  return (
    <InlineStack gap="400" blockAlign="center">
      <Button
        {...given({ size: look === 'part' ? undefined : ('slim' as const) })}
        onClick={() => add(adding.fresh())}
      >
        {adding.label}
      </Button>
      {list.beside}
    </InlineStack>
  );
}
