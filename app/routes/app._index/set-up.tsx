/** The checklist: what is set up, what is not, and the one thing to do next. */
import { useFetcher } from '@remix-run/react';
import {
  Box,
  Button,
  Card,
  BlockStack,
  Icon,
  InlineStack,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { CheckCircleIcon, StatusIcon, AlertCircleIcon } from '@shopify/polaris-icons';
import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { useFormat } from '../../components/use-format.ts';
import { useShop } from '../../components/shop-context.tsx';
import type { SetUpState } from '../../queries/set-up-state.ts';
import { ImportProgress, isRunning } from '../../components/import-progress.tsx';
import { useThemeEmbed } from './use-theme-embed.ts';

const ASK_AGAIN_MS = 4_000;

interface Task {
  readonly key: string;
  readonly state: 'done' | 'open' | 'trouble' | 'checking';
  readonly optional?: boolean;
  readonly text: string;
  readonly action?: { readonly label: string; readonly url: string; readonly external?: boolean };
  readonly detail?: ReactNode;
}

export function SetUp({ state: first, apiKey }: { state: SetUpState; apiKey: string }) {
  const state = useFreshState(first);
  const tasks = useTasks(state, apiKey);
  const { t } = useTranslation();
  const dismiss = useFetcher();
  const needed = tasks.filter((task) => task.optional !== true);
  const done = needed.filter((task) => task.state === 'done').length;
  const next = tasks.find((task) => task.state !== 'done' && task.action)?.key;
  if (dismiss.state !== 'idle') return null;

  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd" id="set-up-title">
              {t('setUp.title')}
            </Text>
            {done === needed.length && (
              <Button onClick={() => dismiss.submit({}, { method: 'post', action: '/app?index' })}>
                {t('setUp.dismiss')}
              </Button>
            )}
          </InlineStack>
          <Text as="p" tone="subdued">
            {t('setUp.done', { count: needed.length, done })}
          </Text>
          <ProgressBar
            progress={(done / needed.length) * 100}
            size="small"
            tone="primary"
            ariaLabelledBy="set-up-title"
          />
        </BlockStack>
      </Box>
      {tasks.map((task) => (
        <TaskRow key={task.key} task={task} primary={task.key === next} />
      ))}
    </Card>
  );
}

function TaskRow({ task, primary }: { task: Task; primary: boolean }) {
  const { t } = useTranslation();
  const source = {
    done: CheckCircleIcon,
    open: StatusIcon,
    checking: StatusIcon,
    trouble: AlertCircleIcon,
  }[task.state];
  const tone = {
    done: 'success',
    open: 'subdued',
    checking: 'subdued',
    trouble: 'caution',
  } as const;
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <InlineStack gap="300" wrap={false} blockAlign="start">
        <Box>
          <Icon
            source={source}
            tone={tone[task.state]}
            accessibilityLabel={t(`setUp.state.${task.state}`)}
          />
        </Box>
        <Box width="100%">
          <BlockStack gap="200">
            <InlineStack gap="200" align="space-between" blockAlign="center">
              <Text as="h3" variant="headingSm">
                {t(`setUp.${task.key}.title`)}
                {task.optional === true && ` (${t('setUp.optional')})`}
              </Text>
              {task.action && (
                <Button
                  url={task.action.url}
                  {...(task.action.external === true && { external: true, target: '_blank' })}
                  variant={primary ? 'primary' : 'secondary'}
                  size="slim"
                >
                  {task.action.label}
                </Button>
              )}
            </InlineStack>
            <Text as="p" tone="subdued">
              {task.text}
            </Text>
            {task.detail}
          </BlockStack>
        </Box>
      </InlineStack>
    </Box>
  );
}

function useTasks(state: SetUpState, apiKey: string): readonly Task[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { domain } = useShop();
  const embed = useThemeEmbed();
  const { published, inbox, imports, latestOrder, reviewsConnected } = state;
  const running = imports.some(isRunning);
  const failed = imports.some((one) => one.state === 'failed');
  const editor = `https://${domain}/admin/themes/current/editor?context=apps&template=index&activateAppId=${apiKey}/launcher`;
  return [
    {
      key: 'programme',
      state: published ? 'done' : 'open',
      text: published
        ? t('setUp.programme.done', {
            version: published.version,
            at: format.moment(published.at),
          })
        : t('setUp.programme.open'),
      ...(!published && { action: { label: t('setUp.programme.action'), url: '/app/programme' } }),
    },
    {
      key: 'embed',
      state: embed === 'on' ? 'done' : embed === 'checking' ? 'checking' : 'open',
      text: t(`setUp.embed.${embed}`),
      ...(embed !== 'on' && {
        action: { label: t('setUp.embed.action'), url: editor, external: true },
      }),
    },
    {
      key: 'webhooks',
      state: inbox.dead > 0 ? 'trouble' : inbox.lastReceivedAt === null ? 'open' : 'done',
      text: inboxWords(),
      ...(inbox.dead > 0 && {
        action: { label: t('setUp.webhooks.action'), url: '/app/deliveries?state=dead' },
      }),
    },
    {
      key: 'import',
      state: failed ? 'trouble' : running || imports.length === 0 ? 'open' : 'done',
      text: t(
        `setUp.import.${failed ? 'failed' : running ? 'running' : imports.length === 0 ? 'none' : 'done'}`,
      ),
      ...((running || failed) && { detail: <ImportProgress imports={imports} /> }),
      ...(failed && { action: { label: t('setUp.import.action'), url: '/app/settings' } }),
    },
    {
      key: 'order',
      state: latestOrder ? 'done' : 'open',
      text: latestOrder
        ? t('setUp.order.done', {
            name: latestOrder.name ?? '',
            at: format.moment(latestOrder.placedAt),
          })
        : t('setUp.order.open'),
    },
    {
      key: 'reviews',
      optional: true,
      state: reviewsConnected ? 'done' : 'open',
      text: t(`setUp.reviews.${reviewsConnected ? 'done' : 'open'}`),
      ...(!reviewsConnected && {
        action: { label: t('setUp.reviews.action'), url: '/app/settings' },
      }),
    },
  ];

  function inboxWords(): string {
    if (inbox.lastReceivedAt === null) return t('setUp.webhooks.none');
    const last = t('setUp.webhooks.last', { at: format.moment(inbox.lastReceivedAt) });
    const waiting = inbox.ready + inbox.waiting;
    const more = [
      ...(waiting > 0 ? [t('setUp.webhooks.waiting', { count: waiting })] : []),
      ...(inbox.dead > 0 ? [t('setUp.webhooks.dead', { count: inbox.dead })] : []),
    ];
    return [last, ...more].join(' ');
  }
}

/** What the server said, asked again while an import runs. */
function useFreshState(first: SetUpState): SetUpState {
  const { load, data } = useFetcher<SetUpState>();
  const state = data ?? first;
  const running = state.imports.some(isRunning);
  useLookAgain(
    running,
    ASK_AGAIN_MS,
    useCallback(() => load('/app/set-up'), [load]),
  );
  return state;
}
