import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerRequest } from './answer-request.ts';
import { callerOf } from './caller-of.ts';
import { readEnvironment } from './environment.ts';
import { responseLane } from './response-lane.ts';
import { observed } from './telemetry.ts';

const { functions } = readEnvironment(process.env, ['functions']);
const lane = responseLane();
const ports = lane.leading(functions);
const lambda = new LambdaClient({ region: lane.region });

/** Lists, shows and answers proposals over HTTP. */
export const handler = observed(async (event: APIGatewayProxyEventV2) => {
  const { status, body } = await answerRequest(
    {
      verb: event.requestContext.http.method === 'GET' ? undefined : event.pathParameters?.verb,
      id: event.pathParameters?.id,
      alert: event.queryStringParameters?.alert,
      body: event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : event.body,
      caller: callerOf(event.requestContext),
    },
    ports,
    async (request) => {
      await lambda.send(
        new InvokeCommand({
          FunctionName: `${functions}keep-leases`,
          InvocationType: 'Event',
          Payload: JSON.stringify(request),
        }),
      );
    },
  );
  const answer: APIGatewayProxyStructuredResultV2 = {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
  return { answer, figures: { Requests: 1, Refused: status >= 400 ? 1 : 0 } };
});
