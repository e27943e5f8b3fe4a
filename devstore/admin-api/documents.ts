/** Documents, parsed and validated once each. */
import {
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { validationError } from './errors.ts';

export type Checked = { document: DocumentNode } | { errors: GraphQLFormattedError[] };

const keep = 300;

export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #checked = new Map<string, Checked>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The fields of its first operation; none of a document that is not valid. */
  rootFields(text: string): string[] {
    const checked = this.check(text);
    if ('errors' in checked) return [];
    const operation = getOperationAST(checked.document);
    return (operation?.selectionSet.selections ?? []).flatMap((one) =>
      one.kind === Kind.FIELD ? [one.name.value] : [],
    );
  }

  check(text: string): Checked {
    const known = this.#checked.get(text);
    if (known) return known;
    const checked = this.#read(text);
    if (this.#checked.size >= keep) this.#checked.clear();
    this.#checked.set(text, checked);
    return checked;
  }

  #read(text: string): Checked {
    let document: DocumentNode;
    try {
      document = parse(text);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return {
        errors: [{ message: error.message.toLowerCase(), locations: error.locations ?? [] }],
      };
    }
    const errors = validate(this.#schema, document);
    return errors.length > 0
      ? { errors: errors.map((error) => validationError(document, error)) }
      : { document };
  }
}

export function operationOf(document: DocumentNode, name: string | null) {
  return getOperationAST(document, name);
}
