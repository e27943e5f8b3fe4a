import { BlockStack, Box, EmptySearchResult } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { NextPage } from './next-page.tsx';

/** A page of a list with the way to the next; in their place, words for a list that has nothing to show. */
export function ListBody({
  isEmpty,
  none,
  noneHelp,
  first,
  after,
  children,
}: {
  isEmpty: boolean;
  none: string;
  noneHelp: string;
  /** Whether it is the first page. */
  first: boolean;
  after: string | null;
  children: ReactNode;
}) {
  if (isEmpty) {
    return (
      <Box padding="800">
        <EmptySearchResult title={none} description={noneHelp} withIllustration={false} />
      </Box>
    );
  }
  return (
    <BlockStack>
      {children}
      <NextPage first={first} after={after} />
    </BlockStack>
  );
}
