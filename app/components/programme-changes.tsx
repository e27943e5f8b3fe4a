import { BlockStack, Box, InlineStack, Text } from '@shopify/polaris';
import { ArrowRightIcon } from '@shopify/polaris-icons';
import { Icon } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Change } from '../domain/programme/diff-programme.ts';
import type { Shown } from '../domain/programme/shown.ts';
import { dayStart, shopDay } from '../domain/time/shop-time.ts';
import { useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';
import { useLabel } from './use-words.ts';
import { withNames } from './with-names.ts';
import type { Titles } from './with-names.ts';

/** What becomes of each setting, in sentences: what it was, and what it will be. */
export function ProgrammeChanges({
  changes,
  titles = {},
}: {
  changes: readonly Change[];
  titles?: Titles;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const show = useShown(titles);
  if (changes.length === 0) {
    return (
      <Text as="p" tone="subdued">
        {t('diff.nothing')}
      </Text>
    );
  }
  return (
    <BlockStack gap="0">
      {changes.map((change) => (
        <Box
          key={`${change.kind} ${change.place}`}
          paddingBlock="200"
          borderBlockEndWidth="025"
          borderColor="border"
        >
          <BlockStack gap="050">
            <Text as="span" variant="bodySm" tone="subdued">
              {change.subject.map(labelOf).join(' › ')}
            </Text>
            {change.before && change.after ? (
              <InlineStack gap="200" blockAlign="center">
                <Text as="span" textDecorationLine="line-through" tone="subdued">
                  {show(change.before, change.after)}
                </Text>
                <Box>
                  <Icon source={ArrowRightIcon} accessibilityLabel={t('diff.becomes')} />
                </Box>
                <Text as="span" fontWeight="semibold">
                  {show(change.after, change.before)}
                </Text>
              </InlineStack>
            ) : (
              <Text as="span" fontWeight="semibold">
                {t(`diff.${change.kind}`)}
                {change.after && `: ${show(change.after)}`}
                {change.before && `: ${show(change.before)}`}
              </Text>
            )}
          </BlockStack>
        </Box>
      ))}
    </BlockStack>
  );
}

/** @returns words for a setting; of long lists, what `other` does not hold comes first */
export function useShown(titles: Titles = {}): (shown: Shown, other?: Shown) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const { timeZone } = useShop();
  const labelOf = useLabel();
  const unitOf = (unit: string): string => labelOf({ key: `units.${unit}`, text: unit });
  const oneOf = (unit: string): string => labelOf({ key: `unitsOne.${unit}`, text: unitOf(unit) });
  const joined = (items: readonly string[]): string =>
    items.length === 0 ? t('diff.none') : items.join(', ');
  const show = (shown: Shown, other?: Shown): string => {
    switch (shown.as) {
      case 'text':
        return shown.text === '' ? t('diff.empty') : shown.text;
      case 'words':
        return labelOf(shown.label);
      case 'switch':
        return t(shown.on ? 'diff.on' : 'diff.off');
      case 'number':
        return shown.unit === null
          ? format.number(shown.number)
          : `${format.number(shown.number)} ${(shown.number === 1 ? oneOf : unitOf)(shown.unit)}`;
      case 'money':
        return format.amount(shown.amount);
      case 'several':
        return joined(shown.labels.map(labelOf));
      case 'list':
        return shown.unit === undefined || shown.items.length === 0
          ? joined(shown.items)
          : `${joined(shown.items)} ${unitOf(shown.unit)}`;
      case 'ids':
        return withNames(
          t(`diff.${shown.of}`, { count: shown.ids.length }),
          shown.ids,
          other,
          titles,
        );
      case 'limits':
        return joined(
          shown.limits.map(({ most, of, per }) =>
            t('diff.limit', {
              most,
              of: t(`programme.limit.${of}`),
              per: t(`programme.limit.periods.${per}`),
            }),
          ),
        );
      case 'conditions': {
        const { match, conditions } = shown;
        const said = conditions.map(({ label, not, settings }) => {
          const parts = settings
            .filter((one) => !isEmpty(one.shown))
            .map((one) => `${labelOf(one.label)}: ${show(one.shown)}`);
          const condition = [
            labelOf(label),
            ...(parts.length > 0 ? [`(${parts.join('; ')})`] : []),
          ];
          return not ? t('diff.not', { condition: condition.join(' ') }) : condition.join(' ');
        });
        if (said.length === 0) return t('diff.everybody');
        return said.join(` ${t(match === 'any' ? 'diff.or' : 'diff.and')} `);
      }
      case 'plans':
        return joined(
          shown.plans.map(({ length, unit, ids }) => {
            const count = Number(length);
            const term = length === '' ? t('plan.forGood') : t(`plan.for.${unit}`, { count });
            const sold = withNames(t('diff.sold', { count: ids.length }), ids, other, titles);
            return t('diff.plan', { term, sold });
          }),
        );
      case 'rates':
        return joined(shown.rates.map((rate) => t('diff.rate', { ...rate })));
      case 'amounts':
        return joined(shown.amounts.map((amount) => t('diff.amount', { ...amount })));
      case 'moment': {
        const at = shown.at === null ? Number.NaN : Date.parse(shown.at);
        if (!Number.isFinite(at)) return t('diff.noDate');
        // A last day ends with the midnight after it.
        const midnight = dayStart(shopDay(at, timeZone), timeZone) === at;
        if (shown.day === undefined || !midnight) return format.moment(at);
        return format.date(shown.day === 'last' ? at - 1 : at);
      }
    }
  };
  return show;
}

/** What an optional setting is without a value. */
function isEmpty(shown: Shown): boolean {
  return (
    (shown.as === 'text' && shown.text === '') ||
    (shown.as === 'moment' && shown.at === null) ||
    (shown.as === 'ids' && shown.ids.length === 0)
  );
}
