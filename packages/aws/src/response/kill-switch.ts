import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { ResponsePorts } from '@portcullis/respond';
import { ARMED } from './response-config.ts';

/** Read before each act, never kept. Set where it says anything but `armed`, is gone, or cannot be read. */
export function ssmKillSwitch(ssm: SSMClient, parameter: string): ResponsePorts['killSwitch'] {
  return async () => {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
      return Parameter?.Value === ARMED ? 'armed' : 'stopped';
    } catch {
      return 'stopped';
    }
  };
}
