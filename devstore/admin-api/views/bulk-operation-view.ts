import type { World } from '../../state/world.ts';
import { gid } from '../../state/ids.ts';
import type { BulkOperation } from '../bulk/bulk-operations.ts';
import type { View } from '../context.ts';

export function bulkOperationView(world: World, operation: BulkOperation): View {
  const done = operation.status === 'COMPLETED' && operation.objectCount > 0;
  return {
    __typename: 'BulkOperation',
    id: gid('BulkOperation', operation.id),
    status: operation.status,
    errorCode: operation.errorCode,
    type: 'QUERY',
    query: operation.query,
    createdAt: operation.createdAt,
    completedAt: operation.completedAt,
    objectCount: String(operation.objectCount),
    rootObjectCount: String(operation.rootObjectCount),
    fileSize: done ? String(operation.fileSize) : null,
    url: done ? `${world.addresses.admin}/bulk/${operation.id}.jsonl` : null,
    partialDataUrl: null,
  };
}
