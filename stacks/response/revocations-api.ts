/// <reference path="../../.sst/platform/config.d.ts" />
import { deploy, named, PREFIX, type Text } from '../deployment.ts';
import { type Permission, pipelineFunction, type Shared } from '../pipeline-function.ts';
import { mayInvoke } from './response-grants.ts';

/** What a route is called, and what of it is for people with tokens. */
const ROUTES = ['GET /revocations', 'GET /revocations/{id}', 'POST /revocations/{id}/{verb}'];
const FOR_TOKENS = '/oidc';

/** For people, not for machines: a few calls a second are plenty. */
const THROTTLING = { throttlingRateLimit: 5, throttlingBurstLimit: 10 };

const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  sourceIp: '$context.identity.sourceIp',
  caller: '$context.identity.userArn',
  subject: '$context.authorizer.claims.sub',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

interface ApiArgs {
  readonly shared: Shared;
  readonly environment: Readonly<Record<string, Text>>;
  readonly permissions: readonly Permission[];
}

/**
 * Lists, shows and answers proposals over HTTP, for callers that AWS or an issuer of tokens vouches for.
 *
 * HTTP APIs take TLS 1.2 and later only.
 */
export function revocationsApi({ shared, environment, permissions }: ApiArgs) {
  const handler = pipelineFunction('revocations', shared, {
    description: 'Lists, shows and answers proposed revocations over HTTP',
    memory: 512,
    seconds: 29,
    environment,
    permissions: [
      ...permissions,
      // Whoever takes people's word has no power to act on it
      mayInvoke('keep-leases'),
    ],
  });
  const api = new aws.apigatewayv2.Api('Revocations', {
    name: named('revocations'),
    description: 'Proposed revocations, and what people say to them',
    protocolType: 'HTTP',
  });
  const integration = new aws.apigatewayv2.Integration('RevocationsIntegration', {
    apiId: api.id,
    integrationType: 'AWS_PROXY',
    integrationUri: handler.arn,
    payloadFormatVersion: '2.0',
    timeoutMilliseconds: 29_000,
  });
  const authorizer = tokens(api);
  for (const route of ROUTES) {
    addRoute(api, integration, route, { authorizationType: 'AWS_IAM' });
    if (authorizer) {
      addRoute(api, integration, route.replace('/', `${FOR_TOKENS}/`), {
        authorizationType: 'JWT',
        authorizerId: authorizer.id,
      });
    }
  }
  const logs = new aws.cloudwatch.LogGroup('RevocationsLog', {
    name: `/${PREFIX}/revocations`,
    retentionInDays: 365,
    kmsKeyId: shared.dataKey.arn,
  });
  new aws.apigatewayv2.Stage('RevocationsStage', {
    apiId: api.id,
    name: '$default',
    autoDeploy: true,
    defaultRouteSettings: { ...THROTTLING, detailedMetricsEnabled: true },
    accessLogSettings: { destinationArn: logs.arn, format: JSON.stringify(ACCESS_LOG) },
  });
  new aws.lambda.Permission('RevocationsInvokes', {
    action: 'lambda:InvokeFunction',
    function: handler.name,
    principal: 'apigateway.amazonaws.com',
    sourceArn: $interpolate`${api.executionArn}/*/*`,
  });
  return { url: api.apiEndpoint };
}

function tokens(api: aws.apigatewayv2.Api): aws.apigatewayv2.Authorizer | undefined {
  if (deploy.responseIssuer === '') return undefined;
  return new aws.apigatewayv2.Authorizer('RevocationsTokens', {
    apiId: api.id,
    name: named('tokens'),
    authorizerType: 'JWT',
    identitySources: ['$request.header.Authorization'],
    jwtConfiguration: { issuer: deploy.responseIssuer, audiences: [...deploy.responseAudience] },
  });
}

function addRoute(
  api: aws.apigatewayv2.Api,
  integration: aws.apigatewayv2.Integration,
  routeKey: string,
  authorization: Pick<aws.apigatewayv2.RouteArgs, 'authorizationType' | 'authorizerId'>,
): void {
  new aws.apigatewayv2.Route(`Route${routeKey.replace(/\W+/g, '-')}`, {
    apiId: api.id,
    routeKey,
    target: $interpolate`integrations/${integration.id}`,
    ...authorization,
  });
}
