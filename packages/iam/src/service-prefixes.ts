/**
 * Event sources whose first label is not the IAM service prefix.
 *
 * Sources: the CloudTrail documentation of each service; iann0036/iam-dataset `cloudtrail_service_mappings`
 * (MIT); the service authorization reference. The two names of Lex V1 and MTurk are those of trailscraper.
 */
export const PREFIXES: Readonly<Record<string, string>> = {
  'agreement-marketplace': 'aws-marketplace',
  amazonmq: 'mq',
  'application-insights': 'applicationinsights',
  appstream2: 'appstream',
  billingconsole: 'billing',
  'chime-sdk-media-pipelines': 'chime',
  'chime-sdk-voice': 'chime',
  cloudcontrolapi: 'cloudformation',
  'contact-lens': 'connect',
  'discovery-marketplace': 'aws-marketplace',
  email: 'ses',
  'entitlement.marketplace': 'aws-marketplace',
  'management-marketplace': 'aws-marketplace-management',
  marketplacecatalog: 'aws-marketplace',
  'metering-marketplace': 'aws-marketplace',
  migrationhub: 'mgh',
  'models-v2-lex': 'lex',
  'models.lex': 'lex',
  monitoring: 'cloudwatch',
  'mturk-requester': 'mechanicalturk',
  opensearchservice: 'es',
  pinpoint: 'mobiletargeting',
  pricelist: 'pricing',
  qconnect: 'wisdom',
  rdsdata: 'rds-data',
  'reporting-marketplace': 'aws-marketplace',
  'runtime.lex': 'lex',
  'runtime.sagemaker': 'sagemaker',
  'servicecatalog-appregistry': 'servicecatalog',
  'streams.dynamodb': 'dynamodb',
  tagging: 'tag',
  taxconsole: 'tax',
  transcribestreaming: 'transcribe',
};

const prefixes = new Map(Object.entries(PREFIXES));

/** IAM service prefix of a CloudTrail event source: `monitoring.amazonaws.com` is `cloudwatch`. */
export function servicePrefix(eventSource: string): string {
  const label = eventSource.toLowerCase().replace(/\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)$/, '');
  return prefixes.get(label) ?? label;
}
