import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { basePort, portsFrom } from '../../devstore/demo/addresses.ts';
import { claimFolder, refuseTakenPorts } from '../../devstore/demo/claim-place.ts';
import { clearUnlessReady, isReady, markReady } from '../../devstore/demo/ready-shop.ts';
import { shortLine } from '../../devstore/demo/short-line.ts';
import { freePortsFrom } from '../support/ports.ts';

const scratch = mkdtempSync(join(tmpdir(), 'laurel-demo-pieces-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('LAUREL_PORT', () => {
  test('is 4300 unless somebody says otherwise', () => {
    expect([basePort(undefined), basePort(''), basePort('5000')]).toEqual([4300, 4300, 5000]);
  });

  test.each(['abc', '80', '65501', '4300.5', '-1'])('%s is refused with a sentence', (asked) => {
    expect(basePort(asked)).toContain(`LAUREL_PORT is "${asked}"`);
  });
});

test('a taken port is named, with what it is for and where else to go', async () => {
  const base = await freePortsFrom((from) => Object.values(portsFrom(from)));
  await refuseTakenPorts(portsFrom(base));

  const other = createServer();
  await new Promise<void>((resolve) => other.listen(base + 2, resolve));
  await expect(refuseTakenPorts(portsFrom(base))).rejects.toThrow(
    new RegExp(`Port ${base + 2}, .*"control".* LAUREL_PORT=\\d+ npm run demo`),
  );
  await new Promise((resolve) => other.close(resolve));
});

describe('the folder of a demo', () => {
  test('is taken, and can be taken again when it was given back', () => {
    const folder = join(scratch, 'taken');
    claimFolder(folder)();
    claimFolder(folder)();
  });

  test('can be taken when the demo before was killed and its number is another program’s', () => {
    const folder = join(scratch, 'killed');
    mkdirSync(folder);
    writeFileSync(join(folder, 'demo.pid'), String(process.ppid));
    claimFolder(folder)();
  });

  test('that is a file is refused with a sentence', () => {
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    expect(() => claimFolder(file)).toThrow(`keeps its database and logs in ${file}`);
  });
});

describe('what an earlier demo left', () => {
  const left = (name: string, parts: readonly ('database' | 'devstore')[]) => {
    const data = join(scratch, name);
    const folders = { data, database: join(data, 'postgres'), devstore: join(data, 'devstore') };
    mkdirSync(data);
    writeFileSync(join(data, 'encryption-keys'), 'local:');
    for (const part of parts) mkdirSync(folders[part]);
    if (parts.includes('database')) writeFileSync(join(folders.database, 'PG_VERSION'), '18');
    return folders;
  };

  test('is kept when its shop was made ready', () => {
    const folders = left('ready', ['database', 'devstore']);
    markReady(folders);
    expect(clearUnlessReady(folders)).toBe(false);
    expect(isReady(folders)).toBe(true);
    expect(existsSync(join(folders.database, 'PG_VERSION'))).toBe(true);
  });

  test.each([
    ['was killed before its shop was ready', ['database', 'devstore'], false],
    ['has no books any more', ['devstore'], true],
    ['has no local Shopify any more', ['database'], true],
  ] as const)('is deleted, but for its keys, when it %s', (name, parts, ready) => {
    const folders = left(name, parts);
    if (ready) markReady(folders);
    expect(isReady(folders)).toBe(false);
    expect(clearUnlessReady(folders)).toBe(true);
    expect(readdirSync(folders.data)).toEqual(['encryption-keys']);
  });

  test('is nothing to speak of on a new machine', () => {
    expect(clearUnlessReady(left('new', []))).toBe(false);
  });
});

describe('a log line on the terminal', () => {
  test.each([
    ['{"level":30,"msg":"web is listening","port":1}', 'web is listening'],
    ['{"level":50,"msg":"no database"}', 'error: no database'],
    ['{"level":20,"msg":"a detail"}', undefined],
    ['{"broken', '{"broken'],
    ['plain words', 'plain words'],
    ['  ', undefined],
    ['x'.repeat(200), `${'x'.repeat(159)}…`],
  ])('%s', (line, shown) => {
    expect(shortLine(line)).toBe(shown);
  });
});
