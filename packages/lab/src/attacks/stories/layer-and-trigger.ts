import { addPermission, getFunctionConfiguration, openFunctionUrl } from '../../calls/lambda.ts';
import {
  createEventSource,
  listEventSources,
  listLayers,
  publishLayer,
  putRule,
  putTarget,
  useLayer,
} from '../../calls/serverless.ts';
import { arnOf } from '../../record/account.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** The code stays as it is; a layer, a trigger or a door is added to it. */
export const layerAndTrigger = story(
  {
    id: 'layer-and-trigger',
    title: 'Functions keep their code and get a layer, another trigger or a public address',
    half: 'test',
    kinds: ['person', 'pipeline', 'infrastructure', 'scheduled-user'],
    sources: [
      'Hacking the Cloud, "Lambda Persistence", https://hackingthe.cloud/aws/post_exploitation/lambda_persistence/',
      'Datadog Security Labs, "Tales from the cloud trenches: The Attacker doth persist too much, methinks", 2025, https://securitylabs.datadoghq.com/articles/tales-from-the-cloud-trenches-the-attacker-doth-persist-too-much/',
      'ATT&CK T1546 Event Triggered Execution, https://attack.mitre.org/techniques/T1546/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, foreign } = tale;
    const { account, team } = victim;
    const names = tale.others('function', tale.by({ loud: 5, medium: 2, quiet: 1 }));
    const layer = random.pick(['otel-collector', 'common-utils', 'datadog-ext']);
    const foreignLayer = random.chance(0.5);
    const layerArn = `arn:aws:lambda:${account.region}:${foreignLayer ? foreign : account.id}:layer:${layer}:${random.int(1, 9)}`;

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'functions'),
      toThisEnd('T1526', ...tale.some([listLayers(), listEventSources()], { loud: 2, medium: 1, quiet: 0 })),
    );
    if (!foreignLayer)
      tale.step('layer-published', asVictim, toThisEnd('T1525', publishLayer(account, layer, random.int(1, 9))));
    for (const name of names) {
      const ways = random.shuffled([
        { technique: 'T1525', call: useLayer(name, layerArn) },
        {
          technique: 'T1546',
          call: createEventSource(
            name,
            arnOf(account, 'dynamodb', `table/${team}-events/stream/2025-11-02T10:00:00.000`),
            random.uuid(),
          ),
        },
        { technique: 'T1578.005', call: addPermission(name, 'lambda:InvokeFunction', foreign) },
        { technique: 'T1578.005', call: openFunctionUrl(account, name) },
        { technique: 'T1546', call: putTarget(account, `${team}-nightly`, name) },
      ]);
      tale.step(
        'function-extended',
        asVictim,
        toThisEnd('T1526', ...tale.by({ loud: [getFunctionConfiguration(name)], medium: [], quiet: [] })),
        inVain(
          'T1546',
          ...tale.by({ loud: random.chance(0.5) ? [useLayer(name, layerArn)] : [], medium: [], quiet: [] }),
        ),
        tale.some(ways, { loud: 4, medium: 2, quiet: 1 }),
      );
      tale.rest(tale.by({ loud: 1, medium: 30, quiet: 200 }));
    }
    tale.step(
      'clockwork',
      asVictim,
      toThisEnd(
        'T1546',
        ...tale.by({ loud: [putRule(account, `${team}-warmup`, 'rate(5 minutes)')], medium: [], quiet: [] }),
      ),
    );
  },
);
