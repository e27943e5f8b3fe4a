/** The first of each board, on the app's installation, where the theme extension reads them. */
import type { Performer } from './performer.ts';
import { writeShopMetafield } from './shop-metafield.ts';
import { boardsOnStorefront } from '../../operations/boards-on-storefront.ts';

export const mirrorBoardsEffect: Performer = {
  kind: 'mirror-boards',
  together: 1,
  perform: async (stage) => {
    const note = await writeShopMetafield(stage, 'boards', () =>
      boardsOnStorefront(stage.world, stage.shopId),
    );
    return new Map(note === null ? [] : [['mirror-boards', note]]);
  },
};
