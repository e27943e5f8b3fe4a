import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { playTotals } from '../queries/play.ts';
import { requireStaff } from './app/tenant.ts';

/** Who: signed-in staff of the shop, whose page of games is there already and asks for its figures. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  return json(await playTotals(args.context.world, shop.id));
}
