import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { ProgrammeChanges } from '../../components/programme-changes.tsx';
import { useShop } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useActor } from '../../components/use-words.ts';
import { diffProgramme } from '../../domain/programme/diff-programme.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';

export interface Theirs {
  readonly by: string;
  readonly at: number;
  readonly revision: number;
  readonly document: DraftDocument;
}

/** Two people edited at once, or one in two windows: what differs, and which goes on is for them to say. */
export function Conflict({
  theirs,
  mine,
  onTakeTheirs,
  onKeepMine,
}: {
  theirs: Theirs;
  mine: DraftDocument;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const actor = useActor();
  const { staff } = useShop();
  const own = theirs.by === staff;
  const at = format.moment(theirs.at);
  return (
    <BlockStack gap="400">
      <Banner tone="warning" title={t(own ? 'conflict.ownTitle' : 'conflict.title')}>
        <BlockStack gap="300">
          <Text as="p">
            {own
              ? t('conflict.ownText', { at })
              : t('conflict.text', { who: actor(theirs.by), at })}
          </Text>
          <InlineStack gap="200">
            <Button onClick={onTakeTheirs}>
              {t(own ? 'conflict.takeOther' : 'conflict.takeTheirs')}
            </Button>
            <Button onClick={onKeepMine}>
              {t(own ? 'conflict.keepThis' : 'conflict.keepMine')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Banner>
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingSm">
            {t(own ? 'conflict.ownChanges' : 'conflict.changes')}
          </Text>
          <ProgrammeChanges changes={diffProgramme(theirs.document, mine)} />
        </BlockStack>
      </Card>
    </BlockStack>
  );
}
