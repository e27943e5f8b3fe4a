/** A partner's list of codes comes in: each is sealed, and known by its keyed hash, so that none comes twice. */
import { storePartnerCodes } from '../storage/rewards/partner-codes.ts';
import { partnerCodePlace } from '../storage/sealing.ts';
import type { World } from '../world.ts';

export const MOST_CODES = 10_000;
const LONGEST_CODE = 200;

export type UploadedCodes =
  | { readonly ok: true; readonly added: number; readonly known: number }
  | {
      readonly ok: false;
      readonly refusal:
        | { readonly kind: 'nothing' | 'too-many' }
        | { readonly kind: 'too-long'; readonly line: number };
    };

export async function uploadPartnerCodes(
  world: World,
  wish: {
    readonly shopId: string;
    readonly rewardKey: string;
    readonly codes: readonly string[];
  },
): Promise<UploadedCodes> {
  const { shopId, rewardKey, codes } = wish;
  if (codes.length === 0) return { ok: false, refusal: { kind: 'nothing' } };
  if (codes.length > MOST_CODES) return { ok: false, refusal: { kind: 'too-many' } };
  const long = codes.findIndex((code) => code.length > LONGEST_CODE);
  if (long !== -1) return { ok: false, refusal: { kind: 'too-long', line: long + 1 } };
  const unique = [...new Set(codes)];
  const place = partnerCodePlace(shopId, rewardKey);
  const sealed = unique.map((code) => ({
    hash: world.sealer.hashes(code, place)[0] ?? '',
    sealed: world.sealer.seal(code, place),
  }));
  const at = new Date(world.now());
  const added = await storePartnerCodes(world.db(shopId), shopId, rewardKey, sealed, at);
  return { ok: true, added, known: codes.length - added };
}
