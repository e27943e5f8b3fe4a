/** The app's theme extension as it lies in extensions/, read anew each time so that edits show at once. */
import { basename } from 'node:path';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { blockSchema, type BlockSchema } from './block-schema.ts';
import { flatten, type Translations } from './translations.ts';

export const extensionFolder = fileURLToPath(
  new URL('../../extensions/loyalty-theme/', import.meta.url),
);

export type ThemeBlock = {
  handle: string;
  /** In English, as the theme editor shows it. */
  name: string;
  schema: BlockSchema;
  liquid: string;
};

export type ThemeExtension = {
  handle: string;
  name: string;
  blocks: ThemeBlock[];
  /** By language; the default language is English. */
  translations: Map<string, Translations>;
};

const toml = z.object({ name: z.string(), handle: z.string(), type: z.literal('theme') });
const schemaTag = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

export function readThemeExtension(folder: string = extensionFolder): ThemeExtension {
  const declared = toml.parse(parse(readFileSync(`${folder}shopify.extension.toml`, 'utf8')));
  const editorWords = readLocale(`${folder}locales/en.default.schema.json`);
  return {
    handle: declared.handle,
    name: declared.name,
    blocks: readdirSync(`${folder}blocks`)
      .filter((file) => file.endsWith('.liquid'))
      .map((file) => readBlock(`${folder}blocks/${file}`, editorWords)),
    translations: new Map(
      readdirSync(`${folder}locales`)
        .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
        .map((file) => [file.split('.')[0] ?? '', readLocale(`${folder}locales/${file}`)]),
    ),
  };
}

function readBlock(path: string, words: Translations): ThemeBlock {
  const source = readFileSync(path, 'utf8');
  const found = schemaTag.exec(source);
  if (!found) throw new Error(`${path} has no {% schema %}.`);
  const schema = blockSchema.parse(JSON.parse(found[1] ?? ''));
  const name = schema.name.startsWith('t:') ? words.get(schema.name.slice(2)) : schema.name;
  if (name === undefined)
    throw new Error(`${path} has a name without a translation: ${schema.name}`);
  return { handle: basename(path, '.liquid'), name, schema, liquid: source.replace(schemaTag, '') };
}

function readLocale(path: string): Translations {
  return flatten(JSON.parse(readFileSync(path, 'utf8')));
}

/** A file of assets/, or null. The name comes from an address. */
export function readAsset(name: string, folder: string = extensionFolder): Buffer | null {
  const path = `${folder}assets/${basename(name)}`;
  return existsSync(path) ? readFileSync(path) : null;
}
