/// <reference path="../.sst/platform/config.d.ts" />
import { deploymentParameter as nameOf, storedDeployment } from '../packages/aws/src/deployment-value.ts';
import { account, named, type Text } from './deployment.ts';
import type { Shared } from './pipeline-function.ts';

/** What there is and what it is called, for the commands of people: they need a stage and nothing else. */
export function deploymentParameter(
  { environment, dataKey }: Pick<Shared, 'environment' | 'dataKey'>,
  trail: { readonly bucket: Text; readonly prefix: string },
) {
  return new aws.ssm.Parameter('Deployment', {
    name: nameOf($app.stage),
    description: `Names of all that belongs to ${named('pipeline')}`,
    type: 'String',
    value: $output({ account, environment, trail, dataKey: dataKey.arn }).apply((made) =>
      JSON.stringify(
        storedDeployment({
          account: made.account,
          variables: made.environment,
          trail: made.trail,
          dataKey: made.dataKey,
        }),
      ),
    ),
  });
}
