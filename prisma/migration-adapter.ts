import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { applyPatiently } from './apply-patiently.ts';

type Connection = Awaited<ReturnType<PrismaPg['connect']>>;
type Rows = Awaited<ReturnType<Connection['queryRaw']>>;

/** Types of PostgreSQL's own catalogue that the adapter does not know, by their numbers there. */
const CHAR = 18;
const NAME = 19;
const TEXT = 25;
/** What Prisma calls a single character. */
const CHARACTER = 6 satisfies Rows['columnTypes'][number];

/**
 * Prisma's PostgreSQL adapter made fit for its command line, which reads the catalogue, and with two of its
 * habits changed. It cuts a migration at every semicolon, also inside a function or a comment; here a
 * migration is sent as one script, which PostgreSQL applies whole or not at all, and which never holds up others
 * for longer than a second while it waits (apply-patiently.ts). And given a connection
 * string it takes the database itself for the shadow database; here that is a database of its own.
 */
export class MigrationAdapter extends PrismaPg {
  readonly #url: string;

  constructor(url: string) {
    super({ connectionString: url });
    this.#url = url;
  }

  override connect(): Promise<Connection> {
    return connectTo(this.#url, async () => undefined);
  }

  override async connectToShadowDb(): Promise<Connection> {
    const name = `laurel_shadow_${randomUUID()}`;
    const owner = new pg.Client({ connectionString: this.#url });
    await owner.connect();
    await owner.query(`create database "${name}"`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    return connectTo(url.href, async () => {
      await owner.query(`drop database "${name}"`);
      await owner.end();
    });
  }
}

async function connectTo(url: string, afterwards: () => Promise<void>): Promise<Connection> {
  // Prisma's command line ends without closing every connection, and would wait for the idle ones.
  const pool = new pg.Pool({ connectionString: url, idleTimeoutMillis: 100 });
  const connection = await new PrismaPg(pool).connect();
  connection.queryRaw = (query) => readCatalogue(connection, pool, query);
  connection.executeScript = (script) => applyPatiently(url, script);
  connection.dispose = async () => {
    await pool.end();
    await afterwards();
  };
  return connection;
}

/** One query of the adapter, which sees text where the catalogue's types are, and these put right after. */
async function readCatalogue(
  connection: Connection,
  pool: pg.Pool,
  query: Parameters<Connection['queryRaw']>[0],
): Promise<Rows> {
  let types: number[] = [];
  const client = {
    query: async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
      const result = await pool.query(config);
      types = result.fields.map((field) => field.dataTypeID);
      for (const field of result.fields) {
        if (field.dataTypeID === CHAR || field.dataTypeID === NAME) field.dataTypeID = TEXT;
      }
      return result;
    },
  };
  const adapter = Object.getPrototypeOf(connection) as Connection;
  const forThisQuery = Object.create(connection, { client: { value: client } }) as Connection;
  const rows = await adapter.queryRaw.call(forThisQuery, query);
  const columnTypes = rows.columnTypes.map((type, at) => (types[at] === CHAR ? CHARACTER : type));
  return { ...rows, columnTypes };
}
