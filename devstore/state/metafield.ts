export type Metafield = {
  id: string;
  /** The owner's gid. */
  ownerId: string;
  /** Resolved: `$app` is stored as `app--<number of the app>`. */
  namespace: string;
  key: string;
  type: string;
  value: string;
  compareDigest: string;
  createdAt: string;
  updatedAt: string;
};
