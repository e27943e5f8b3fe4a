import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, InlineGrid, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useLocale } from '../../components/shop-context.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import type { MemberBirthday } from '../../queries/member-birthday.ts';
import type { action } from '../app.members.$memberId_.birthday.ts';

const DAYS = Array.from({ length: 31 }, (_, index) => String(index + 1));

/** The day of the year, never the year. */
export function BirthdayCard({
  memberId,
  birthday,
  active,
}: {
  memberId: string;
  birthday: MemberBirthday | null;
  active: boolean;
}) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const months = useMonths();
  const [month, setMonth] = useState(birthday ? String(birthday.month) : '');
  const [day, setDay] = useState(birthday ? String(birthday.day) : '');
  const [changed, setChanged] = useState(true);
  const { data, state } = fetcher;
  const refused = data && !data.ok && !changed ? data.refusal.kind : null;
  const known = birthday && month === String(birthday.month) && day === String(birthday.day);
  useAnswer(fetcher, ({ ok }) => {
    if (ok) shopify.toast.show(t('birthday.saved'));
  });
  const edit = (set: (value: string) => void) => (value: string) => {
    set(value);
    setChanged(true);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t('birthday.heading')}
        </Text>
        <InlineGrid columns={2} gap="200">
          <Select
            label={t('birthday.month')}
            placeholder="–"
            options={months.map((label, index) => ({ value: String(index + 1), label }))}
            value={month}
            onChange={edit(setMonth)}
            disabled={!active}
          />
          <Select
            label={t('birthday.day')}
            placeholder="–"
            options={DAYS}
            value={day}
            onChange={edit(setDay)}
            disabled={!active}
            {...given({ error: refused === null ? undefined : t(`birthday.refused.${refused}`) })}
          />
        </InlineGrid>
        <Text as="p" tone="subdued" variant="bodySm">
          {t('birthday.help')}
        </Text>
        <InlineStack align="end">
          <Button
            loading={state !== 'idle'}
            disabled={!active || month === '' || day === '' || known === true}
            onClick={() => {
              setChanged(false);
              fetcher.submit(
                { month: Number(month), day: Number(day) },
                {
                  method: 'post',
                  action: `/app/members/${memberId}/birthday`,
                  encType: 'application/json',
                },
              );
            }}
          >
            {t('save')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** January to December in the language of the admin. */
function useMonths(): readonly string[] {
  const format = new Intl.DateTimeFormat(useLocale(), { month: 'long', timeZone: 'UTC' });
  return DAYS.slice(0, 12).map((_, index) => format.format(Date.UTC(2024, index, 15)));
}
