/** A process that dies at its nth step: its connections break, and it never gets to know what came of the step. */
import type pg from 'pg';
import type { AdminClient } from '../../app/shopify/admin-client.ts';
import type { World } from '../../app/world.ts';

export class Died extends Error {
  override name = 'Died';
}

export interface Mortal {
  readonly world: World;
  readonly admin: (client: AdminClient) => AdminClient;
  /** Steps that it took: statements, and calls of Shopify. */
  readonly steps: () => number;
}

export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** @param dies before its nth step is done, or right after; null: it lives */
export function mortal(world: World, shopId: string, dies: Death | null): Mortal {
  let steps = 0;
  let dead = false;
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) throw new Died('It is dead.');
    steps += 1;
    const isLast = dies !== null && steps === dies.at;
    if (isLast && dies.when === 'before') {
      dead = true;
      throw new Died('It died before it did this.');
    }
    const done = await work();
    if (isLast) {
      dead = true;
      throw new Died('It died before it knew what came of this.');
    }
    return done;
  };
  const pool = world.db(shopId);
  const queried = <C extends pg.Pool | pg.PoolClient>(client: C, special: object): C =>
    new Proxy(client, {
      get: (target, name) => {
        if (name in special) return Reflect.get(special, name) as unknown;
        const found = Reflect.get(target, name) as unknown;
        if (typeof found !== 'function') return found;
        const bound = found.bind(target) as (...args: unknown[]) => Promise<unknown>;
        return name === 'query' ? (...args: unknown[]) => step(() => bound(...args)) : bound;
      },
    });
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    await step(() => Promise.resolve()).catch((error: unknown) => {
      client.release(true);
      throw error;
    });
    // A connection of who is dead is broken, and what it had begun is undone.
    const release = (error?: Error | boolean): void => client.release(dead ? true : error);
    return queried(client, { release });
  };
  const dying = queried(pool, { connect });
  return {
    world: { ...world, db: () => dying },
    admin: (client) => ({
      ...client,
      request: (document, variables, answer) =>
        step(() => client.request(document, variables, answer)),
    }),
    steps: () => steps,
  };
}
