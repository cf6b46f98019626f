/**
 * Verbs that API Gateway asks permission for, by the start of the event name; the first match counts.
 *
 * Its permissions are HTTP verbs on a path, whatever the call. Source: the HTTP method of each operation
 * in the API Gateway V1 and V2 API references.
 */
const VERBS: readonly (readonly [start: string, action: string])[] = [
  ['UntagResource', 'apigateway:DELETE'],
  ['ImportApiKeys', 'apigateway:POST'],
  ['ImportRestApi', 'apigateway:POST'],
  ['Import', 'apigateway:PUT'],
  ['ReimportApi', 'apigateway:PUT'],
  ['Put', 'apigateway:PUT'],
  ['Create', 'apigateway:POST'],
  ['Generate', 'apigateway:POST'],
  ['TestInvoke', 'apigateway:POST'],
  ['Reject', 'apigateway:POST'],
  ['Preview', 'apigateway:POST'],
  ['Publish', 'apigateway:POST'],
  ['Get', 'apigateway:GET'],
  ['List', 'apigateway:GET'],
  ['Export', 'apigateway:GET'],
  ['Update', 'apigateway:PATCH'],
  ['Delete', 'apigateway:DELETE'],
  ['Disable', 'apigateway:DELETE'],
  ['Flush', 'apigateway:DELETE'],
  ['Reset', 'apigateway:DELETE'],
];

/** The verb that a control plane call of API Gateway needs, as IAM actions; none for a name of no known kind. */
export function apiGatewayActions(name: string): readonly string[] {
  return VERBS.find(([start]) => name.startsWith(start))?.[1].split(' ') ?? [];
}
