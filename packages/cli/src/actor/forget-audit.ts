import process from 'node:process';
import { forgetAudits } from '@portcullis/aws';
import { ExitCode } from '../exit-code.ts';
import { type DeploymentArguments, openDeployment } from '../live/open-deployment.ts';
import { jsonLine } from '../terminal-text.ts';

/** `portcullis actor audit`: one JSON object per line, oldest first. */
export async function forgetAudit(options: DeploymentArguments): Promise<ExitCode> {
  const { config, clients } = await openDeployment(options);
  process.stdout.write((await forgetAudits(config, clients)).map(jsonLine).join(''));
  return ExitCode.done;
}
