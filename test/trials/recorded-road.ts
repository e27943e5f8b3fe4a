/** What an earlier version sent to the database, and how it is sent again, for as many shops as one likes. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { isContention } from '../../app/storage/transaction.ts';

export interface Step {
  /** `begun` before the migrations, `under-way` while they are applied, `unworked` came in and was left. */
  readonly part: 'begun' | 'under-way' | 'unworked';
  /** Which of its connections. */
  readonly on: number;
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** What later ones build on, and what is another when it is done again. */
  answers?: readonly string[];
}

/** A delivery's id is the database's; the hash of an entry is over the shop's id, too. */
export interface Answer {
  readonly id?: string;
  readonly member_id?: string;
  readonly seq?: number;
  readonly hash?: string;
}

export function isBuiltOn(name: string): boolean {
  return name.startsWith('claim-deliveries') || name === 'write-entries';
}

/** In one order, whatever the order of the rows. */
export function answersOf(rows: readonly Answer[]): string[] {
  const placed = rows.map(({ id, member_id: member, seq, hash }): [string, string] => [
    hash === undefined
      ? String(id).padStart(20, '0')
      : `${member} ${String(seq).padStart(10, '0')}`,
    hash ?? String(id),
  ]);
  return placed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, answer]) => answer);
}

export interface Recording {
  /** The newest migration that it knew. */
  readonly migration: string;
  readonly shopId: string;
  readonly now: number;
  readonly deliveries: number;
  readonly redacted: readonly string[];
  readonly steps: readonly Step[];
}

export function readRecording(file: string): Recording {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Recording;
}

/** JSON knows no dates and no bytes. */
export function wrapValue(value: unknown): unknown {
  if (value instanceof Date) return { date: value.toISOString() };
  if (Buffer.isBuffer(value)) return { bytes: value.toString('latin1') };
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(wrapValue);
  return value;
}

/** Sends what was recorded once more, as another shop. */
export class Player {
  readonly #recording: Recording;
  readonly #shopId: string;
  readonly #url: string;
  readonly #clients = new Map<number, pg.Client>();
  /** By what was recorded, what it is now. */
  readonly #answers = new Map<string, string>();

  /** @param shopId as long as the recorded one, because texts are measured in bytes */
  constructor(recording: Recording, shopId: string, url: string) {
    if (shopId.length !== recording.shopId.length) throw new Error(`${shopId} has another length`);
    this.#recording = recording;
    this.#shopId = shopId;
    this.#url = url;
  }

  /** @param before each of them, with the share of them that was sent, and whether a transaction is open */
  async play(
    part: Step['part'],
    before?: (sent: number, isOpen: boolean) => Promise<void>,
  ): Promise<void> {
    const steps = this.#recording.steps.filter((step) => step.part === part);
    /** Where the open transaction began. */
    let began: number | null = null;
    for (let index = 0; index < steps.length; index += 1) {
      const step = steps[index];
      if (!step) break;
      await before?.(index / steps.length, began !== null);
      if (step.text === 'BEGIN') began = index;
      if (step.text === 'COMMIT' || step.text === 'ROLLBACK') began = null;
      try {
        await this.#send(step);
      } catch (error) {
        if (!isContention(error)) throw error;
        // Whoever works comes again, with another connection.
        await this.#hangUp(step.on);
        index = (began ?? index) - 1;
        began = null;
      }
    }
  }

  async #send(step: Step): Promise<void> {
    const client = await this.#client(step.on);
    const { rows } = await client.query<Answer>({
      ...(step.name !== undefined && { name: step.name }),
      text: this.#text(step.text),
      values: step.values.map((value) => this.#value(value, step.name)),
    });
    const answers = step.answers ? answersOf(rows) : [];
    step.answers?.forEach((told, place) => this.#answers.set(told, answers[place] ?? ''));
  }

  async #hangUp(on: number): Promise<void> {
    await this.#clients.get(on)?.end();
    this.#clients.delete(on);
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) await client.end();
  }

  async #client(on: number): Promise<pg.Client> {
    const known = this.#clients.get(on);
    if (known) return known;
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'laurel-recorded',
    });
    await client.connect();
    this.#clients.set(on, client);
    return client;
  }

  #text(text: string): string {
    return text
      .replaceAll(this.#recording.shopId, this.#shopId)
      .replaceAll(/[0-9a-f]{64}/g, (hash) => this.#answers.get(hash) ?? hash);
  }

  #value(value: unknown, name: string | undefined): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const isClaim = name === 'mark-deliveries-done';
      return value.map((one: unknown) =>
        isClaim && typeof one === 'string'
          ? (this.#answers.get(one) ?? one)
          : this.#value(one, name),
      );
    }
    if ('date' in value) return new Date(String(value.date));
    if ('bytes' in value) return Buffer.from(this.#text(String(value.bytes)), 'latin1');
    return value;
  }
}
