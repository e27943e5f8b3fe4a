/** What Shopify asks of a query before it runs it in bulk. */
import {
  getNamedType,
  isCompositeType,
  isListType,
  isObjectType,
  getNullableType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

const mostConnections = 5;
const deepestConnection = 2;

/** The name of the root field, or why the query is refused. */
export function checkBulkQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): { rootField: string } | { refusal: string } {
  if (operation.operation !== 'query') return { refusal: 'The operation must be a query.' };
  const [root, ...others] = operation.selectionSet.selections;
  if (!root || others.length > 0 || root.kind !== Kind.FIELD) {
    return { refusal: 'Bulk queries can only contain a single root field.' };
  }
  if ((operation.variableDefinitions ?? []).length > 0) {
    return { refusal: 'Bulk queries cannot have variables.' };
  }

  let refusal: string | null = null;
  let connections = 0;
  /** What encloses the field being visited, outermost first. */
  const around: ('connection' | 'list' | 'other')[] = [];
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter: (node) => {
          const type = typeInfo.getType();
          const parent = typeInfo.getParentType();
          if (!type || !parent) return;
          const named = getNamedType(type);
          const paging = isConnection(parent) || parent.name.endsWith('Edge');
          if (isConnection(named)) {
            connections += 1;
            const depth = around.filter((one) => one === 'connection').length + 1;
            if (around.includes('list')) refusal ??= withinList;
            else if (depth > deepestConnection) {
              refusal ??= `Bulk queries cannot contain connections with a nesting depth greater than ${deepestConnection}.`;
            }
            const asksForId = /\bid\b/.test(
              node.loc?.source.body.slice(node.loc.start, node.loc.end) ?? '',
            );
            if (depth === 1 && !asksForId) {
              refusal ??= 'The parent node of a nested connection must be queried with its id.';
            }
            around.push('connection');
          } else if (!paging && isCompositeType(named) && isListType(getNullableType(type))) {
            around.push('list');
          } else {
            around.push('other');
          }
        },
        leave: () => {
          around.pop();
        },
      },
    }),
  );
  if (connections === 0) refusal ??= 'Bulk queries must contain at least one connection.';
  if (connections > mostConnections) {
    refusal ??= `Bulk queries cannot contain more than ${mostConnections} connections.`;
  }
  return refusal === null ? { rootField: root.name.value } : { refusal };
}

const withinList =
  'Queries that contain a connection field within a list field are not currently supported.';

function isConnection(type: unknown): boolean {
  return isObjectType(type) && type.name.endsWith('Connection');
}
