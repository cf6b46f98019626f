import { type Account, arnOf } from '../record/account.ts';
import type { Call, JsonObject } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function listClusters(): Call {
  return read('ecs', 'ListClusters');
}

export function listTasks(cluster: string): Call {
  return read('ecs', 'ListTasks', { cluster });
}

export function describeTasks(cluster: string, tasks: readonly string[]): Call {
  return read('ecs', 'DescribeTasks', { cluster, tasks });
}

/** A shell in a running container. */
export function executeCommand(cluster: string, task: string, container: string): Call {
  return write(
    'ecs',
    'ExecuteCommand',
    { cluster, task, container, command: '/bin/sh', interactive: true },
    { response: { container, interactive: true, session: { sessionId: `ecs-execute-command-${task.slice(0, 17)}` } } },
  );
}

export function registerTask(account: Account, family: string, image: string, roleName: string): Call {
  const taskRoleArn = arnOf(account, 'iam', `role/${roleName}`);
  const definition: JsonObject = {
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '4096',
    memory: '8192',
    taskRoleArn,
    executionRoleArn: taskRoleArn,
    containerDefinitions: [{ name: family, image, essential: true }],
  };
  return write('ecs', 'RegisterTaskDefinition', definition, {
    response: { taskDefinition: { taskDefinitionArn: arnOf(account, 'ecs', `task-definition/${family}:1`), family } },
  });
}

export function runTask(cluster: string, taskDefinition: string, count: number): Call {
  return write('ecs', 'RunTask', { cluster, taskDefinition, count, launchType: 'FARGATE', enableExecuteCommand: true });
}

export function createCluster(clusterName: string): Call {
  return write('ecs', 'CreateCluster', { clusterName });
}

export function listRepositories(): Call {
  return read('ecr', 'DescribeRepositories', { maxResults: 100 });
}

export function getRegistryToken(): Call {
  return read('ecr', 'GetAuthorizationToken');
}

export function pullImage(account: Account, repositoryName: string, imageTag: string): Call {
  return read(
    'ecr',
    'BatchGetImage',
    { repositoryName, imageIds: [{ imageTag }] },
    { resources: [{ type: 'AWS::ECR::Repository', ARN: arnOf(account, 'ecr', `repository/${repositoryName}`) }] },
  );
}

/** Lets another account pull the images. */
export function shareRepository(repositoryName: string, accountId: string): Call {
  const policyText = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      },
    ],
  });
  return write('ecr', 'SetRepositoryPolicy', { repositoryName, policyText, force: false });
}
