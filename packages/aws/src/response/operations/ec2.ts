import {
  DescribeImageAttributeCommand,
  DescribeSnapshotAttributeCommand,
  type EC2Client,
  ModifyImageAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifySnapshotAttributeCommand,
  paginateDescribeNetworkInterfaces,
} from '@aws-sdk/client-ec2';
import type { Operation } from '@portcullis/respond';
import { allOf, inputOf, type Operations } from './perform.ts';

export const EC2_OPERATIONS: Operations<'ec2', Operation, EC2Client> = {
  'ec2:DescribeImageAttribute': (ec2, input) => ec2.send(new DescribeImageAttributeCommand(inputOf(input))),
  'ec2:DescribeNetworkInterfaces': (client, input) =>
    allOf(paginateDescribeNetworkInterfaces({ client }, inputOf(input)), 'NetworkInterfaces'),
  'ec2:DescribeSnapshotAttribute': (ec2, input) => ec2.send(new DescribeSnapshotAttributeCommand(inputOf(input))),
  'ec2:ModifyImageAttribute': (ec2, input) => ec2.send(new ModifyImageAttributeCommand(inputOf(input))),
  'ec2:ModifyNetworkInterfaceAttribute': (ec2, input) =>
    ec2.send(new ModifyNetworkInterfaceAttributeCommand(inputOf(input))),
  'ec2:ModifySnapshotAttribute': (ec2, input) => ec2.send(new ModifySnapshotAttributeCommand(inputOf(input))),
};
