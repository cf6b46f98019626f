import { describe, expect, it } from 'vitest';
import { createUserAgents } from './user-agent.ts';

const CLI = 'aws-cli/2.31.20 md/awscrt#0.27.6 ua/2.1 os/macos#25.0.0 md/arch#arm64 lang/python#3.13.7';
const CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0';

describe('createUserAgents', () => {
  it.each([
    { text: CLI, product: 'aws-cli', why: 'first word' },
    { text: 'Boto3/1.40.61 md/Botocore#1.40.61 ua/2.1', product: 'Boto', why: 'an SDK, whatever its generation' },
    { text: CHROME, product: 'browser', why: 'whatever the browser' },
    { text: '[S3Console/0.4, aws-internal/3]', product: 'SConsole', why: 'in brackets' },
    { text: 's3.amazonaws.com', product: 's3.amazonaws.com', why: 'a digit of a service is no version' },
    { text: 'lambda.amazonaws.com', product: 'lambda.amazonaws.com', why: 'a service' },
    { text: 'APN/1.0 HashiCorp/1.0 Terraform/1.13.4', product: 'HashiCorp', why: 'a partner mark is no tool' },
    { text: '', product: '', why: 'absent' },
    { text: '(odd)', product: '(odd)', why: 'no word at all' },
  ])('$product is the product of $text ($why)', ({ text, product }) => {
    expect(createUserAgents()(text).product).toBe(product);
  });

  it.each([
    { one: CLI, other: CLI.replace('2.31.20', '2.32.1').replace('25.0.0', '25.1.0'), why: 'an update' },
    { one: `${CLI} md/command#s3.ls`, other: `${CLI} md/command#iam.list-users`, why: 'another command' },
    { one: `${CLI} m/E,b`, other: `${CLI} m/C,e`, why: 'other features of the SDK' },
    { one: `${CLI} api/s3#1.2`, other: `${CLI} api/iam#1.2`, why: 'another client of the SDK' },
    { one: CHROME, other: CHROME.replace('142', '143').replace('10_15', '11_2'), why: 'a browser update' },
  ])('same family: $why', ({ one, other }) => {
    const read = createUserAgents();

    expect(read(one).family).toBe(read(other).family);
    expect(read(one).family).not.toBe('');
  });

  it.each([
    { one: CLI, other: CLI.replace('macos', 'linux'), why: 'another system' },
    { one: CLI, other: CHROME, why: 'another tool' },
    { one: CLI, other: CLI.replace('lang/python', 'lang/go'), why: 'another language' },
  ])('another family: $why', ({ one, other }) => {
    const read = createUserAgents();

    expect(read(one).family).not.toBe(read(other).family);
  });
});
