import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildActionTable } from '../scripts/build-action-table.ts';
import { buildResourceTable } from '../scripts/build-resource-table.ts';
import { accessLevelOf, isKnownAction } from './action-table.ts';

describe('the action table', () => {
  it('is what the installed data gives', async () => {
    const stored = readFileSync(path.join(import.meta.dirname, 'generated/action-table.json'), 'utf8');

    expect(JSON.parse(stored)).toEqual(await buildActionTable());
  });

  it('names the things of actions as the installed data does', async () => {
    const stored = readFileSync(path.join(import.meta.dirname, 'generated/resource-table.json'), 'utf8');

    expect(JSON.parse(stored)).toEqual(await buildResourceTable());
  });

  it.each([
    { action: 'iam:CreateUser', accessLevel: 'Write', why: 'as documented' },
    { action: 'IAM:createuser', accessLevel: 'Write', why: 'IAM ignores case' },
    { action: 'iam:AttachRolePolicy', accessLevel: 'Permissions management', why: 'the more telling of two levels' },
    { action: 'ec2:CreateTags', accessLevel: 'Tagging', why: 'the more telling of two levels' },
    { action: 's3:HeadBucket', accessLevel: undefined, why: 'a call, not an action' },
    { action: 'iam:*', accessLevel: undefined, why: 'a pattern, not an action' },
    { action: 'CreateUser', accessLevel: undefined, why: 'no service' },
    { action: '__proto__:constructor', accessLevel: undefined, why: 'prototype keys are names like any other' },
    { action: '', accessLevel: undefined, why: 'nothing' },
  ])('$action has level $accessLevel ($why)', ({ action, accessLevel }) => {
    expect(accessLevelOf(action)).toBe(accessLevel);
    expect(isKnownAction(action)).toBe(accessLevel !== undefined);
  });
});
