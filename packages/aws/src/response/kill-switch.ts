import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { ResponsePorts } from '@portcullis/respond';

/** The one text that lets cuts through; whatever else the parameter says stops them. */
export const ARMED = 'armed';

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
