import { DAY_MS, type EpochMs } from '@portcullis/event';
import { randomStream } from '../../random.ts';
import type { Ground } from './ground.ts';
import type { Tool } from './tools.ts';

/** The agent that an owner's tool shows: it is updated every some weeks, and with the whole fleet. */
export function agentAt({ culture, upgrades }: Ground, tool: Tool, owner: string, at: EpochMs): string {
  const random = randomStream('updates', owner, tool.id);
  const period = random.int(20, 80);
  const own = Math.floor(((at - culture.start) / DAY_MS + random.int(0, period)) / period);
  const fleet = upgrades.filter((upgrade) => upgrade.tool === tool.id && upgrade.at <= at).length;
  return tool.agent(own + 2 * fleet);
}
