import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function listModels(): Call {
  return read('bedrock', 'ListFoundationModels');
}

export function getModelAvailability(modelId: string): Call {
  return read('bedrock', 'GetFoundationModelAvailability', { modelId });
}

export function getModelLogging(): Call {
  return read('bedrock', 'GetModelInvocationLoggingConfiguration');
}

export function deleteModelLogging(): Call {
  return write('bedrock', 'DeleteModelInvocationLoggingConfiguration');
}

export function listInferenceProfiles(): Call {
  return read('bedrock', 'ListInferenceProfiles');
}

/** Accepts a model's terms in the account's name. */
export function acceptModelTerms(modelId: string): Call {
  return write('bedrock', 'CreateFoundationModelAgreement', { modelId, offerToken: 'HIDDEN_DUE_TO_SECURITY_REASONS' });
}

export function invokeModel(modelId: string, name: 'InvokeModel' | 'InvokeModelWithResponseStream' | 'Converse'): Call {
  return read('bedrock', name, { modelId });
}

/** A request that fails on purpose: the error tells that the model may be used. */
export function probeModel(modelId: string): Call {
  return {
    ...read('bedrock', 'InvokeModel', { modelId }),
    error: { code: 'ValidationException', message: 'max_tokens_to_sample: range: 1..1,000,000' },
  };
}

export function getMailAccount(): Call {
  return read('ses', 'GetAccount');
}

export function getSendStatistics(): Call {
  return read('ses', 'GetSendStatistics');
}

export function listMailIdentities(): Call {
  return read('ses', 'ListIdentities', { maxItems: 100 });
}

export function verifyMailDomain(domain: string): Call {
  return write('ses', 'CreateEmailIdentity', { emailIdentity: domain });
}

/** Asks to be let out of the sandbox. */
export function requestMailProduction(websiteURL: string): Call {
  return write('ses', 'PutAccountDetails', {
    mailType: 'MARKETING',
    websiteURL,
    productionAccessEnabled: true,
    contactLanguage: 'EN',
  });
}

export function sendMail(account: Account, identity: string): Call {
  return write(
    'ses',
    'SendEmail',
    { fromEmailAddress: 'HIDDEN_DUE_TO_SECURITY_REASONS', destination: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    {
      data: true,
      resources: [{ type: 'AWS::SES::EmailIdentity', ARN: arnOf(account, 'ses', `identity/${identity}`) }],
    },
  );
}
