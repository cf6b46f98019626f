import { testDeployerPolicy } from './deployer-policy.ts';
import { testEscalation } from './escalation-suite.ts';
import { testEveryConfiguration } from './every-configuration.ts';
import { testLanes } from './lanes.ts';
import { testMonthlyCost } from './monthly-cost-suite.ts';
import { testResponse } from './response-suite.ts';

// In one file, since what they look at takes seconds to synthesize
testEveryConfiguration();
testLanes();
testDeployerPolicy();
testMonthlyCost();
testResponse();
testEscalation();
