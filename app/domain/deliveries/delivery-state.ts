/** Where a delivery stands: to be taken, to be tried again later, taken in, given up. */
export const DELIVERY_STATES = ['ready', 'waiting', 'done', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
