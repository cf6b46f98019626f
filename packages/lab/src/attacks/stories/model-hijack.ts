import { getCallerIdentity } from '../../calls/identity.ts';
import {
  acceptModelTerms,
  deleteModelLogging,
  getModelAvailability,
  getModelLogging,
  invokeModel,
  listInferenceProfiles,
  listModels,
  probeModel,
} from '../../calls/models-and-mail.ts';
import { toThisEnd } from '../attack-story.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

const MODELS = [
  'anthropic.claude-sonnet-4-20250514-v1:0',
  'anthropic.claude-3-5-sonnet-20241022-v2:0',
  'meta.llama3-3-70b-instruct-v1:0',
  'amazon.nova-pro-v1:0',
  'mistral.mistral-large-2407-v1:0',
  'deepseek.r1-v1:0',
  'cohere.command-r-plus-v1:0',
];
const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-northeast-1'];

/** Somebody else's users are served by the account's models. */
export const modelHijack = story(
  {
    id: 'model-hijack',
    title: 'Language models of the account are probed and then used to serve others, without their log',
    half: 'test',
    kinds: ['scheduled-user', 'person', 'instance', 'function'],
    sources: [
      'Sysdig, "LLMjacking: Stolen Cloud Credentials Used in New AI Attack", 2024, https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/',
      'Permiso, "When AI Gets Hijacked: Exploiting Hosted Models for Dark Roleplaying", 2024, https://permiso.io/blog/exploiting-hosted-models',
      'ATT&CK T1496.004 Cloud Service Hijacking, https://attack.mitre.org/techniques/T1496/004/',
    ],
  },
  (tale) => {
    const { asVictim, random } = tale;
    const models = random.shuffled(MODELS);
    const [model = 'amazon.nova-pro-v1:0'] = models;
    const looks = [
      listModels(),
      getModelLogging(),
      listInferenceProfiles(),
      getModelAvailability(model),
      getCallerIdentity(),
    ];

    tale.step('models-listed', asVictim, toThisEnd('T1526', ...tale.some(looks, { loud: 5, medium: 2, quiet: 0 })));
    for (const region of tale.some(REGIONS, { loud: 4, medium: 1, quiet: 0 })) {
      const probed = tale.some(models, { loud: 5, medium: 2, quiet: 0 });
      tale.step(
        'models-probed',
        asVictim,
        probed.map((id) => ({
          technique: 'T1526',
          call: { ...(random.chance(0.6) ? probeModel(id) : invokeModel(id, 'InvokeModel')), region },
          refused: random.chance(0.3),
        })),
      );
    }
    tale.step(
      'log-off',
      asVictim,
      inVain('T1685.002', ...tale.by({ loud: [deleteModelLogging()], medium: [], quiet: [] })),
      toThisEnd(
        'T1685.002',
        ...tale.by({
          loud: [deleteModelLogging()],
          medium: random.chance(0.5) ? [deleteModelLogging()] : [],
          quiet: [],
        }),
      ),
      toThisEnd('T1496.004', ...tale.by({ loud: [acceptModelTerms(model)], medium: [], quiet: [] })),
    );
    tale.rest(20);
    const form = random.pick(['InvokeModel', 'InvokeModelWithResponseStream', 'Converse'] as const);
    const region = random.pick(REGIONS);
    const count = tale.by({ loud: random.int(90, 180), medium: random.int(8, 12), quiet: 5 });
    tale.step(
      'models-used',
      asVictim,
      toThisEnd(
        'T1496.004',
        ...Array.from({ length: count }, () => ({
          ...invokeModel(model, form),
          ...(tale.loudness === 'loud' && { region }),
        })),
      ),
    );
  },
);
