import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '../../components/shop-context.tsx';
import { FigureField } from './figure-field.tsx';
import { PartField } from './part-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const NEW = { points: 1, per: '1', amount: '5' } as const;
type Column = keyof typeof NEW;
type Row = { readonly market: string } & Readonly<Partial<Record<Column, unknown>>>;

/** Figures of markets, in the shop's own currency: "2 points for every €1 in Switzerland". */
export function RatesField({
  label,
  place,
  rows,
  columns,
  form,
}: {
  label: string;
  place: string;
  rows: readonly Row[];
  columns: readonly Column[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const { currency } = useShop();
  const { markets } = form.document;
  const free = markets.find(({ key }) => !rows.some(({ market }) => market === key));
  const fresh = Object.fromEntries(columns.map((column) => [column, NEW[column]]));
  return (
    <RowList
      {...{ label, place, form, rows }}
      {...(markets.length === 0 && { empty: t('programme.rates.noMarkets') })}
      look="line"
      removeLabel={() => t('programme.rates.remove')}
      adding={
        free
          ? { label: t('programme.rates.add'), fresh: (): Row => ({ market: free.key, ...fresh }) }
          : null
      }
      draw={(row, at) => (
        <FormLayout>
          <FormLayout.Group condensed>
            <PartField
              label={t('programme.rates.market')}
              place={`${at}.market`}
              value={row.market}
              among={markets}
              form={form}
            />
            {columns.map((column) => (
              <FigureField
                key={column}
                label={t(`programme.rates.${column}`)}
                place={`${at}.${column}`}
                value={row[column]}
                form={form}
                whole={column === 'points'}
                suffix={column === 'points' ? undefined : currency}
              />
            ))}
          </FormLayout.Group>
        </FormLayout>
      )}
    />
  );
}
