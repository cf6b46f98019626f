/**
 * Calls whose IAM action the name alone does not tell. They stay unmapped, which errs towards not cutting.
 *
 * The request would decide: DynamoDB's and Timestream's the statement text (`PartiQLSelect`,
 * `PartiQLInsert`, `PartiQLUpdate` or `PartiQLDelete`; `Select` and others), `additionalEventData.service`
 * those of EC2 and Application Auto Scaling, which write one event source; the path whether a tag of API
 * Gateway is a PUT (V1) or a POST (V2). Sources: service authorization reference, "Amazon DynamoDB" and
 * "Amazon Timestream"; Application Auto Scaling user guide, "Log API calls using CloudTrail"; API Gateway
 * V1 and V2 API references.
 */
export const UNDECIDED: ReadonlySet<string> = new Set([
  'dynamodb:ExecuteStatement',
  'dynamodb:BatchExecuteStatement',
  'dynamodb:ExecuteTransaction',
  'timestream:Query',
  'apigateway:TagResource',
  'autoscaling:PutScalingPolicy',
  'autoscaling:DeleteScheduledAction',
  'autoscaling:DescribeScheduledActions',
  'autoscaling:DescribeScalingActivities',
]);
