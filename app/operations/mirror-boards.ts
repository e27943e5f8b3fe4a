/** The storefront shows the first of each board: asked for with every change, done now and then. */
export const MIRROR_BOARDS = {
  ...{ key: 'mirror-boards', kind: 'mirror-boards', memberId: null, payload: {} },
};

export const MIRRORED_EVERY_MS = 300_000;
