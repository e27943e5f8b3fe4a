/** What stands on the app's installation, where the theme extension reads it. */
import { z } from 'zod';
import type { Stage } from './performer.ts';
import { refuseUserErrors, userErrors } from '../../shopify/admin-client.ts';
import { SET_METAFIELDS } from '../../shopify/operations/effects.graphql.ts';

const answer = z.object({ metafieldsSet: z.object({ userErrors }) });

/** @returns a note where it could not be written */
export async function writeShopMetafield(
  { world, shopId, admin }: Stage,
  key: string,
  valueOf: () => Promise<unknown>,
): Promise<string | null> {
  const { rows } = await world
    .db(shopId)
    .query<{ installation_gid: string | null }>(
      `SELECT installation_gid FROM shops WHERE id = $1`,
      [shopId],
    );
  const ownerId = rows[0]?.installation_gid;
  if (!ownerId) return 'The installation is not known yet.';
  const value = JSON.stringify(await valueOf());
  const metafields = [{ ownerId, namespace: 'laurel', key, type: 'json', value }];
  const told = await (await admin()).request(SET_METAFIELDS, { metafields }, answer);
  refuseUserErrors(told.metafieldsSet.userErrors);
  return null;
}
