/// <reference path="./.sst/platform/config.d.ts" />

/** Composition only: the stages of the pipeline in the order in which an event passes them. */
export default $config({
  app({ stage }) {
    const lasting = isLasting(stage);
    return {
      name: 'portcullis',
      home: 'aws',
      // What a lasting stage holds is evidence: removing the stage must not remove it, and neither may a slip
      removal: lasting ? 'retain' : 'remove',
      protect: lasting,
    };
  },
  async run() {
    const { pipelineStacks } = await import('./stacks/pipeline.ts');

    return pipelineStacks();
  },
});

/** Throw-away stages say so in their name; whatever else a stage is called, it lasts. */
function isLasting(stage: string): boolean {
  return !/^(test|dev|pr)(-|$)/.test(stage);
}
