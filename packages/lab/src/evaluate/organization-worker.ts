/** Thread that measures one organization: takes a task as its data, posts progress and then the figures. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';
import { STORIES } from '../attacks/catalog.ts';
import { organization } from '../worlds/organization/organization.ts';
import { evaluateOrganization } from './evaluate-organization.ts';
import type { OrganizationTask } from './organization-task.ts';

const task: OrganizationTask = workerData;
const { seed, half, actors, storyIds, options } = task;
const figures = await evaluateOrganization(
  {
    organization: organization({ seed, actors, days: options.learnDays + options.judgeDays, half }),
    stories: STORIES.filter((story) => story.half === half && (storyIds.length === 0 || storyIds.includes(story.id))),
    network: openNetworkTable(readFileSync(networkTableUrl)),
    onProgress: (share) => parentPort?.postMessage({ share }),
  },
  options,
);
parentPort?.postMessage({ figures });
