/**
 * Connections. One pool a process, shared by plain SQL and by Prisma's adapter. Time-outs are set on
 * purpose: the web answers Shopify within five seconds or not at all, the worker may take longer.
 * Isolation is READ COMMITTED everywhere: what must not change is locked by row, in sorted order.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import prismaClient from '@prisma/client';
import type { PrismaClient } from '@prisma/client';
import pg from 'pg';
import { GatheringSocket } from './gathering-socket.ts';

export interface PoolSettings {
  readonly max: number;
  readonly statementTimeoutMs: number;
  /** How long to wait for a connection, also where all of them are in use. */
  readonly connectionTimeoutMs: number;
  readonly applicationName: string;
}

export const WEB_POOL: PoolSettings = {
  max: 10,
  statementTimeoutMs: 4_000,
  connectionTimeoutMs: 3_000,
  applicationName: 'laurel-web',
};

export const WORKER_POOL: PoolSettings = {
  max: 12,
  statementTimeoutMs: 30_000,
  connectionTimeoutMs: 3_000,
  applicationName: 'laurel-worker',
};

/** Commands that look at all of a shop, and whoever runs them waits. */
export const PATIENT_POOL: PoolSettings = {
  max: 4,
  statementTimeoutMs: 30 * 60_000,
  connectionTimeoutMs: 30_000,
  applicationName: 'laurel-patient',
};

export function makePool(databaseUrl: string, settings: PoolSettings): pg.Pool {
  return new pg.Pool({
    connectionString: databaseUrl,
    max: settings.max,
    application_name: settings.applicationName,
    connectionTimeoutMillis: settings.connectionTimeoutMs,
    idleTimeoutMillis: 30_000,
    // What PostgreSQL chose while a table was small, it keeps as long as the connection.
    maxLifetimeSeconds: 300,
    statement_timeout: settings.statementTimeoutMs,
    // A database that is silent, not slow, would hold its connections for good.
    query_timeout: settings.statementTimeoutMs + 2_000,
    // A client that died holding a transaction must not hold its locks.
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    // Statements that do not wait for each other's answers are sent together.
    pipeline: true,
    stream: () => new GatheringSocket(),
  });
}

export function makePrisma(pool: pg.Pool): PrismaClient {
  const { PrismaClient: Client } = prismaClient;
  return new Client({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
}
