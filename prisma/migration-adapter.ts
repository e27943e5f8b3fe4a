import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/migrate-adapter-pg';

type Connection = Awaited<ReturnType<PrismaPg['connect']>>;

/**
 * Prisma's PostgreSQL adapter for its command line, with two of its habits changed.
 *
 * It cuts a migration at every semicolon, also inside a function or a comment; here a migration is sent as
 * one script, which PostgreSQL also applies whole or not at all. And it takes the database itself for
 * the shadow database when it was given a connection string; here that is a database of its own.
 */
export class MigrationAdapter extends PrismaPg {
  readonly #url: string;

  constructor(url: string) {
    super({ connectionString: url });
    this.#url = url;
  }

  override async connect(): Promise<Connection> {
    return sendingWholeScripts(await super.connect());
  }

  override async connectToShadowDb(): Promise<Connection> {
    const name = `laurel_shadow_${randomUUID()}`;
    const owner = await super.connect();
    await owner.underlyingDriver().query(`create database "${name}"`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    const shadow = await new MigrationAdapter(url.href).connect();
    const release = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await release();
      await owner.underlyingDriver().query(`drop database "${name}"`);
      await owner.dispose();
    };
    return shadow;
  }
}

function sendingWholeScripts(connection: Connection): Connection {
  connection.executeScript = async (script) => {
    await connection.underlyingDriver().query(script);
  };
  return connection;
}
