/** Access tokens of the Admin API: an hour long, with refresh tokens of ninety days that rotate. */
import { randomBytes } from 'node:crypto';
import type { AccessToken } from '../state/shop.ts';
import type { Store } from '../state/store.ts';
import { requireInstallation } from '../state/shops/install-app.ts';

export const accessSeconds = 60 * 60;
export const refreshSeconds = 90 * 24 * 60 * 60;
/** Online tokens live as long as the staff member's session. */
export const onlineSeconds = 24 * 60 * 60;

export type Issued = { access: AccessToken; refreshToken: string | null };

export function issueOffline(store: Store, expiring: boolean): Issued {
  return store.act(() => {
    const { grantedScopes } = requireInstallation(store);
    const access: AccessToken = {
      token: `shpat_${randomBytes(16).toString('hex')}`,
      mode: 'offline',
      staffId: null,
      expiresAt: expiring ? secondsFromNow(store, accessSeconds) : null,
      scopes: [...grantedScopes],
    };
    forgetExpired(store);
    store.accessTokens.push(access);
    if (!expiring) return { access, refreshToken: null };
    const refreshToken = `shprt_${randomBytes(16).toString('hex')}`;
    store.refreshTokens.push({
      token: refreshToken,
      expiresAt: secondsFromNow(store, refreshSeconds),
      accessToken: access.token,
      replacedBy: null,
      retired: false,
    });
    return { access, refreshToken };
  });
}

export function issueOnline(store: Store): Issued {
  return store.act(() => {
    const { grantedScopes } = requireInstallation(store);
    const access: AccessToken = {
      token: `shpua_${randomBytes(16).toString('hex')}`,
      mode: 'online',
      staffId: store.staff.id,
      expiresAt: secondsFromNow(store, onlineSeconds),
      scopes: [...grantedScopes],
    };
    forgetExpired(store);
    store.accessTokens.push(access);
    return { access, refreshToken: null };
  });
}

/** A fresh pair, or null. The old refresh token may be tried again until the new access token is used. */
export function refresh(store: Store, refreshToken: string): Issued | null {
  const known = store.refreshTokens.find((one) => one.token === refreshToken);
  if (!known || known.retired || known.expiresAt <= store.now().toISOString()) return null;
  return store.act(() => {
    const issued = issueOffline(store, true);
    const withdrawn = store.refreshTokens.find((one) => one.token === known.replacedBy);
    if (withdrawn) withdrawn.retired = true;
    known.replacedBy = issued.refreshToken;
    return issued;
  });
}

/** The token when it is known and alive. Using it retires the refresh token it was had with. */
export function useAccessToken(store: Store, token: string): AccessToken | null {
  const access = store.accessTokens.find((one) => one.token === token);
  if (!access || !store.installation) return null;
  if (access.expiresAt !== null && access.expiresAt <= store.now().toISOString()) return null;
  const issuedWith = store.refreshTokens.find((one) => one.accessToken === token);
  const before = store.refreshTokens.find(
    (one) => issuedWith !== undefined && one.replacedBy === issuedWith.token && !one.retired,
  );
  if (before) store.act(() => (before.retired = true));
  return access;
}

function forgetExpired(store: Store): void {
  const now = store.now().toISOString();
  store.accessTokens = store.accessTokens.filter(
    (one) => one.expiresAt === null || one.expiresAt > now,
  );
  store.refreshTokens = store.refreshTokens.filter((one) => one.expiresAt > now);
}

function secondsFromNow(store: Store, seconds: number): string {
  return new Date(store.now().getTime() + seconds * 1000).toISOString();
}
