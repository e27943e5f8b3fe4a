/** The mutations of code discounts that the local Shopify performs. */
import type { Discount } from '../../state/discount.ts';
import {
  activateDiscount,
  addQueuedCodes,
  createDiscount,
  changeDiscount,
  deactivateDiscount,
  deleteDiscount,
  queueCodes,
  removeCodes,
  type NewDiscount,
} from '../../state/discounts/change-discount.ts';
import { gid, parseGid } from '../../state/ids.ts';
import type { Store } from '../../state/store.ts';
import type { Context, View } from '../context.ts';
import { badRequest, notImplemented } from '../errors.ts';
import { Complaints, discountError } from './complaints.ts';
import { batchView, codeDiscountNodeView } from './discount-view.ts';
import type { BasicInput, BxgyInput, CommonInput, FreeShippingInput } from './inputs.ts';
import { mergedBasic } from './merged-basic.ts';
import { readBasic, readBxgy, readFreeShipping } from './read-discount.ts';

type ById = { id: string };

const mostCodesAtOnce = 250;
/** Shopify adds codes in the background. */
const addedAfterMs = 20;

export const discountMutations = {
  discountCodeBasicCreate: (args: { basicCodeDiscount: BasicInput }, { store }: Context) =>
    create(store, 'Basic', 'basicCodeDiscount', args.basicCodeDiscount, readBasic),

  discountCodeFreeShippingCreate: (
    args: { freeShippingCodeDiscount: FreeShippingInput },
    { store }: Context,
  ) =>
    create(
      store,
      'FreeShipping',
      'freeShippingCodeDiscount',
      args.freeShippingCodeDiscount,
      readFreeShipping,
    ),

  discountCodeBxgyCreate: (args: { bxgyCodeDiscount: BxgyInput }, { store }: Context) =>
    create(store, 'Bxgy', 'bxgyCodeDiscount', args.bxgyCodeDiscount, readBxgy),

  discountCodeBasicUpdate: (
    { id, basicCodeDiscount }: ById & { basicCodeDiscount: BasicInput },
    { store }: Context,
  ) => {
    const payload = 'DiscountCodeBasicUpdatePayload';
    const discount = found(store, id);
    if (!discount) return missing(payload);
    if (discount.effect.kind !== 'basic') throw notImplemented('updating another kind as basic');
    const complain = new Complaints('basicCodeDiscount');
    const change = mergedBasic(store, discount, basicCodeDiscount, complain);
    if (complain.errors.length > 0) return refused(payload, complain);
    return answered(payload, store, changeDiscount(store, discount.id, change));
  },

  discountCodeDeactivate: ({ id }: ById, { store }: Context) => {
    const payload = 'DiscountCodeDeactivatePayload';
    const discount = found(store, id);
    if (!discount) return missing(payload);
    return answered(payload, store, deactivateDiscount(store, discount.id));
  },

  discountCodeActivate: ({ id }: ById, { store }: Context) => {
    const payload = 'DiscountCodeActivatePayload';
    const discount = found(store, id);
    if (!discount) return missing(payload);
    return answered(payload, store, activateDiscount(store, discount.id));
  },

  discountCodeDelete: ({ id }: ById, { store }: Context) => {
    const __typename = 'DiscountCodeDeletePayload';
    const discount = found(store, id);
    if (!discount) return { ...missing(__typename), deletedCodeDiscountId: null };
    deleteDiscount(store, discount.id);
    const deletedCodeDiscountId = gid('DiscountCodeNode', discount.id);
    return { __typename, deletedCodeDiscountId, userErrors: [] };
  },

  discountRedeemCodeBulkAdd: (
    { discountId, codes }: { discountId: string; codes: readonly { code: string }[] },
    { store }: Context,
  ) => {
    const __typename = 'DiscountRedeemCodeBulkAddPayload';
    const discount = found(store, discountId);
    const complain = (field: string, code: string, message: string): View => {
      const userErrors = [discountError([field], code, message)];
      return { __typename, bulkCreation: null, userErrors };
    };
    if (!discount) return complain('discountId', 'INVALID', 'Code discount does not exist.');
    if (codes.length === 0) return complain('codes', 'BLANK', "Codes can't be blank");
    if (codes.length > mostCodesAtOnce) {
      const most = `The input array size of ${codes.length} is greater than the maximum allowed of ${mostCodesAtOnce}.`;
      throw badRequest(most);
    }
    const batch = queueCodes(
      store,
      discount.id,
      codes.map(({ code }) => code.trim()),
    );
    setTimeout(() => addQueuedCodes(store, batch), addedAfterMs).unref();
    return { __typename, bulkCreation: batchView(store, batch), userErrors: [] };
  },

  discountCodeRedeemCodeBulkDelete: (
    args: { discountId: string; ids?: readonly string[] | null },
    { store }: Context,
  ) => {
    const __typename = 'DiscountCodeRedeemCodeBulkDeletePayload';
    const discount = found(store, args.discountId);
    if (!args.ids) throw notImplemented('deleting codes by a search');
    if (!discount) {
      const error = discountError(['discountId'], 'INVALID', 'Code discount does not exist.');
      return { __typename, job: null, userErrors: [error] };
    }
    const ids = args.ids.flatMap((one) => parseGid(one)?.id ?? []);
    removeCodes(store, discount.id, ids);
    const job = { __typename: 'Job', id: gid('Job', store.ids.next('Job')), done: true };
    return { __typename, job, userErrors: [] };
  },
};

function create<I extends CommonInput>(
  store: Store,
  name: string,
  root: string,
  input: I,
  read: (store: Store, input: I, complain: Complaints) => NewDiscount,
): View {
  const payload = `DiscountCode${name}CreatePayload`;
  const complain = new Complaints(root);
  const wanted = read(store, input, complain);
  if (complain.errors.length > 0) return refused(payload, complain);
  return answered(payload, store, createDiscount(store, wanted));
}

/** Both gids name it: DiscountCodeNode and DiscountNode. */
function found(store: Store, id: string): Discount | undefined {
  const parsed = parseGid(id);
  if (parsed?.type !== 'DiscountCodeNode' && parsed?.type !== 'DiscountNode') {
    throw badRequest(`Invalid global id '${id}'`);
  }
  return store.discounts.get(parsed.id);
}

function missing(__typename: string): View {
  const userErrors = [discountError(['id'], 'INVALID', 'Code discount does not exist.')];
  return { __typename, codeDiscountNode: null, userErrors };
}

function refused(__typename: string, { errors }: Complaints): View {
  return { __typename, codeDiscountNode: null, userErrors: errors };
}

function answered(__typename: string, store: Store, discount: Discount): View {
  const codeDiscountNode = codeDiscountNodeView(store, discount);
  return { __typename, codeDiscountNode, userErrors: [] };
}
