import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { setUpState } from '../queries/set-up-state.ts';
import { requireStaff } from './app/tenant.ts';

/** Who: signed-in staff of the shop. The home page asks again while an import runs. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  return json(await setUpState(args.context.world, shop.id));
}
