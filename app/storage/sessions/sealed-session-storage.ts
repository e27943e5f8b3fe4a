/**
 * Shopify's own storage of sessions, with the tokens sealed on their way in and opened on their way
 * out. A session whose tokens cannot be opened (its key is gone) counts as none, so that the next
 * embedded visit exchanges a new token instead of failing for good.
 */
import type { PrismaClient } from '@prisma/client';
import { Session } from '@shopify/shopify-api';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma';
import { SealFault } from '../sealing.ts';
import type { Sealer } from '../sealing.ts';

export interface UnreadableSession {
  readonly shop: string;
  readonly because: string;
}

/** @param unreadable is told of every session that was passed over */
export function sealedSessionStorage(
  prisma: PrismaClient,
  sealer: Sealer,
  unreadable: (session: UnreadableSession) => void,
): SessionStorage {
  const stored = connecting(prisma);

  const opened = (session: Session): Session | undefined => {
    try {
      return withTokens(session, (token, name) => sealer.open(token, placeOf(session, name)));
    } catch (fault) {
      if (!(fault instanceof SealFault)) throw fault;
      unreadable({ shop: session.shop, because: fault.message });
      return undefined;
    }
  };

  return {
    storeSession: async (session) => {
      const sealed = withTokens(session, (token, name) =>
        sealer.seal(token, placeOf(session, name)),
      );
      return (await stored()).storeSession(sealed);
    },
    loadSession: async (id) => {
      const session = await (await stored()).loadSession(id);
      return session && opened(session);
    },
    deleteSession: async (id) => (await stored()).deleteSession(id),
    deleteSessions: async (ids) => (await stored()).deleteSessions(ids),
    findSessionsByShop: async (shop) => {
      const sessions = await (await stored()).findSessionsByShop(shop);
      return sessions.flatMap((session) => opened(session) ?? []);
    },
  };
}

/**
 * Shopify's storage looks for its table once and stays broken when the database was down just then;
 * so it is made when first needed, and made anew until it was ready once.
 */
function connecting(prisma: PrismaClient): () => Promise<SessionStorage> {
  let ready: SessionStorage | undefined;
  return async () => {
    if (ready) return ready;
    await prisma.session.findFirst({ select: { id: true } });
    ready = new PrismaSessionStorage(prisma);
    return ready;
  };
}

type TokenName = 'accessToken' | 'refreshToken';

function withTokens(session: Session, change: (token: string, name: TokenName) => string): Session {
  const { accessToken, refreshToken, ...rest } = session.toObject();
  return new Session({
    ...rest,
    ...(accessToken && { accessToken: change(accessToken, 'accessToken') }),
    ...(refreshToken && { refreshToken: change(refreshToken, 'refreshToken') }),
  });
}

function placeOf(session: Session, name: TokenName): string {
  return `session ${session.id} ${name}`;
}
