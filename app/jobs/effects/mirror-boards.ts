/** The first of each board, on the app's installation, where the theme extension reads them. */
import { z } from 'zod';
import type { Performer } from './performer.ts';
import { refuseUserErrors, userErrors } from '../../shopify/admin-client.ts';
import { SET_METAFIELDS } from '../../shopify/operations/effects.graphql.ts';
import { boardsOnStorefront } from '../../operations/boards-on-storefront.ts';

const answer = z.object({ metafieldsSet: z.object({ userErrors }) });

export const mirrorBoardsEffect: Performer = {
  kind: 'mirror-boards',
  together: 1,
  perform: async ({ world, shopId, admin }) => {
    const { rows } = await world
      .db(shopId)
      .query<{ installation_gid: string | null }>(
        `SELECT installation_gid FROM shops WHERE id = $1`,
        [shopId],
      );
    const ownerId = rows[0]?.installation_gid;
    if (!ownerId) return new Map([['mirror-boards', 'The installation is not known yet.']]);
    const value = JSON.stringify(await boardsOnStorefront(world, shopId));
    const metafields = [{ ownerId, namespace: 'laurel', key: 'boards', type: 'json', value }];
    const told = await (await admin()).request(SET_METAFIELDS, { metafields }, answer);
    refuseUserErrors(told.metafieldsSet.userErrors);
    return new Map();
  },
};
