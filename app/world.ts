/** What an operation may depend on besides its arguments: one clock, one source of ids, one pool. */
import type { PrismaClient } from '@prisma/client';
import type pg from 'pg';
import pino from 'pino';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Config } from './config.server.ts';
import { makePool, makePrisma } from './db.server.ts';
import type { PoolSettings } from './db.server.ts';
import { makeSealer } from './storage/sealing.ts';
import type { Sealer } from './storage/sealing.ts';

export interface World {
  /** Milliseconds since 1970 in UTC. */
  readonly now: () => number;
  /** A time-ordered UUID. */
  readonly newId: () => string;
  /** Connections of the database that holds this shop. */
  readonly db: (shopId: string) => pg.Pool;
  readonly prisma: PrismaClient;
  readonly log: Logger;
  readonly sealer: Sealer;
  readonly config: Config;
  readonly close: () => Promise<void>;
}

export function makeWorld(config: Config, poolSettings: PoolSettings): World {
  const log = makeLog(config.logLevel);
  const pool = makePool(config.databaseUrl, poolSettings);
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'a database connection broke'));
  const prisma = makePrisma(pool);
  return {
    now: () => Date.now(),
    newId: () => uuidv7(),
    db: () => pool,
    prisma,
    log,
    sealer: makeSealer(config.encryptionKeys),
    config,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Logs carry ids and outcomes, never tokens or personal data. */
export function makeLog(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: ['*.accessToken', '*.refreshToken', '*.email', '*.name', '*.phone', '*.body'],
  });
}
