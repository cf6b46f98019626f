import { testDeployerPolicy } from './deployer-policy.ts';
import { testEveryConfiguration } from './every-configuration.ts';
import { testLanes } from './lanes.ts';
import { testMonthlyCost } from './monthly-cost-suite.ts';

// In one file, since what they look at takes seconds to synthesize
testEveryConfiguration();
testLanes();
testDeployerPolicy();
testMonthlyCost();
