import { aBusyAccount, memoryAccount } from '@portcullis/respond/testing';
import { responseActionsContract } from './response-actions.ts';

responseActionsContract('memory', async () => {
  const account = memoryAccount(aBusyAccount());
  return {
    call: account.call,
    read: async () => structuredClone(account.model),
    refuseNext(refused) {
      account.refuse = (call) => {
        account.refuse = () => undefined;
        return call.operation === refused.operation ? 'AccessDenied' : undefined;
      };
      return 'AccessDenied';
    },
  };
});
