/**
 * What a query costs before it runs: objects 1, scalars 0, mutations 10, a connection 2 and its nodes
 * by the size of the page. That size counts less than in proportion. Shopify does not publish how; the
 * scale here meets what its API was seen to ask, 25 points for `product { variants(first: 250) { nodes
 * { inventoryItem { id } } } }`.
 */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export const mutationCost = 10;
export const connectionCost = 2;

export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }

  const selection = (set: SelectionSetNode | undefined, type: GraphQLCompositeType): number => {
    if (!set) return 0;
    let always = 0;
    let dearest = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        always += field(node, type);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (!fragment) continue;
      const name = fragment.typeCondition?.name.value;
      const target = name === undefined ? type : schema.getType(name);
      if (!isCompositeType(target)) continue;
      const cost = selection(fragment.selectionSet, target);
      // Of the alternatives of a union or interface only the dearest can be asked for.
      if (isAbstractType(type) && target !== type) dearest = Math.max(dearest, cost);
      else always += cost;
    }
    return always + dearest;
  };

  const field = (node: FieldNode, parent: GraphQLCompositeType): number => {
    if (!('getFields' in parent)) return 0;
    const definition = parent.getFields()[node.name.value];
    if (!definition) return 0;
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return 0;
    const inside = selection(node.selectionSet, type);
    if (parent === schema.getMutationType()) return mutationCost;
    if (isConnection(type)) return connectionCost + scaled(sizeOf(node, variables)) * inside;
    if (isConnection(parent)) return node.name.value === 'nodes' ? 1 + inside : inside;
    return 1 + inside;
  };

  const root = schema.getRootType(operation.operation);
  return root ? selection(operation.selectionSet, root) : 0;
}

/** 1, 2, 2, 3 … 10 counts 5, 100 counts 9, 250 counts 11. */
function scaled(size: number): number {
  return size <= 2 ? Math.max(size, 0) : Math.round(2 * Math.log(size));
}

function sizeOf(node: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  for (const argument of node.arguments ?? []) {
    if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
    const { value } = argument;
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.VARIABLE) {
      const given = variables[value.name.value];
      if (typeof given === 'number') return given;
    }
  }
  return 1;
}

function isConnection(type: GraphQLCompositeType): boolean {
  return isObjectType(type) && type.name.endsWith('Connection');
}

/** What a resolved field added to the bill. */
export function spentOn(info: GraphQLResolveInfo, resolved: unknown): number {
  const type = getNamedType(info.returnType);
  if (!isCompositeType(type) || resolved === null || resolved === undefined) return 0;
  if (info.parentType === info.schema.getMutationType()) return mutationCost;
  if (info.path.prev !== undefined && insideMutation(info)) return 0;
  if (isConnection(type)) return connectionCost;
  if (isConnection(info.parentType)) {
    return info.fieldName !== 'pageInfo' && Array.isArray(resolved) ? scaled(resolved.length) : 0;
  }
  if (info.parentType.name.endsWith('Edge')) return 0;
  return Array.isArray(resolved) ? resolved.length : 1;
}

function insideMutation(info: GraphQLResolveInfo): boolean {
  return info.operation.operation === 'mutation';
}
