import { redirect } from '@remix-run/node';

/** Who: anyone who came without a shop. Nobody types a shop's address here: apps are opened in Shopify. */
export function loader() {
  return redirect('/');
}
