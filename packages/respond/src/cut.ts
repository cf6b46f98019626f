import type { Breadth, ResponseMode } from '@portcullis/config';
import type { AlertActor, Reversibility, Severity } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { DenyStatement } from '@portcullis/iam';

/** Kinds of cut, stable for ever: ledger, events and settings name them. */
export type CutAction =
  | DenyAction
  | 'turn-keys-off'
  | 'remove-function-permission'
  | 'stop-function'
  | 'close-function-url'
  | 'stop-event-source'
  | 'return-alias'
  | UndoAction
  | 'restore-trust'
  | 'restore-policy-version'
  | 'deny-in-permission-set'
  | 'isolate-network'
  | 'pin-by-organization';

/** Cuts by a minted policy; they differ in what the policy says. */
export type DenyAction =
  | 'deny-actions'
  | 'deny-session'
  | 'deny-elsewhere'
  | 'deny-addresses'
  | 'deny-category'
  | 'deny-older-sessions'
  | 'deny-console';

/** What the actor granted in the episode, taken back. */
type UndoAction = 'detach-granted-policy' | 'delete-granted-policy' | 'leave-granted-group' | 'unshare';

/** A role, user or group; `arn` keeps the path, IAM's calls take the name. */
export interface Entity {
  readonly kind: 'role' | 'user' | 'group';
  readonly arn: string;
  readonly name: string;
}

/** What an action needs to know beside its target. */
export type CutDetails =
  | {
      readonly kind: DenyAction;
      readonly entity: Entity;
      /** `APPLY_TIME` in place of an instant stands for the time of applying. */
      readonly statements: readonly DenyStatement[];
    }
  | {
      readonly kind: 'turn-keys-off';
      readonly user: string /** All of the user's where absent. */;
      readonly keys?: readonly string[];
    }
  | {
      readonly kind: 'remove-function-permission';
      readonly function: string /** Who was let in. */;
      readonly grantee: string;
      readonly proof: string;
    }
  | { readonly kind: 'stop-function'; readonly function: string }
  | { readonly kind: 'close-function-url'; readonly function: string }
  | { readonly kind: 'stop-event-source'; readonly uuid: string }
  | { readonly kind: 'return-alias'; readonly function: string; readonly alias: string; readonly version: string }
  | {
      readonly kind: 'detach-granted-policy';
      readonly entity: Entity;
      readonly policyArn: string;
      readonly proof: string;
    }
  | {
      readonly kind: 'delete-granted-policy';
      readonly entity: Entity;
      readonly policyName: string;
      readonly proof: string;
    }
  | { readonly kind: 'leave-granted-group'; readonly user: string; readonly group: string; readonly proof: string }
  | {
      readonly kind: 'unshare';
      readonly what: 'snapshot' | 'image';
      readonly id: string;
      readonly with: string;
      readonly proof: string;
    }
  | { readonly kind: 'restore-trust'; readonly role: string; readonly document: string; readonly proof: string }
  | {
      readonly kind: 'restore-policy-version';
      readonly policyArn: string;
      readonly version: string;
      readonly proof: string;
    }
  | {
      readonly kind: 'deny-in-permission-set';
      readonly instanceArn: string;
      readonly permissionSetArn: string;
      readonly userId: string;
      readonly actions: readonly string[];
    }
  | { readonly kind: 'isolate-network'; readonly networkInterface: string; readonly securityGroup: string }
  | {
      readonly kind: 'pin-by-organization';
      readonly targetId: string;
      readonly account: string;
      readonly except: readonly string[];
    };

/** One cut of a plan: what is done to one target. Each has a life of its own, in ledger and events. */
export interface PlannedCut {
  /** Id of the revocation; equal plans give equal ids. */
  readonly id: string;
  /** What is put in force, whoever asks for it: two alerts that want the same share it. */
  readonly restriction: string;
  readonly action: CutAction;
  /** ARN of the principal or resource it is put on. */
  readonly target: string;
  readonly account: string;
  /** Absent where it is global, as IAM is. */
  readonly region?: string | undefined;
  /** IAM actions that are denied; empty where the cut is not by action. */
  readonly actions: readonly string[];
  readonly details: CutDetails;
  readonly reason: string;
  /** Whether a rule may start it, or only a person. */
  readonly start: 'rule' | 'person';
  /** Whether it may end by itself. */
  readonly expiry: 'automatic' | 'person';
  readonly reversible: Reversibility;
}

/** What was left out of a plan, and why. */
export interface Withheld {
  /** ARN, action or name. */
  readonly what: string;
  /** For machines: `protected-actor`. */
  readonly cause: string;
  readonly reason: string;
}

/** What would stop it: cuts in the order of acting. Data; nothing is done by making it. */
export interface ResponsePlan {
  readonly id: string;
  readonly alert: { readonly id: string; readonly revision: number; readonly lastSeen: EpochMs };
  readonly account: string;
  readonly severity: Severity;
  readonly actor: AlertActor;
  readonly mode: ResponseMode;
  readonly breadth: Breadth;
  /** Rule of the policy that decided; `default` where none fits. */
  readonly rule: string;
  /** A person confirmed that it is an attack. */
  readonly confirmed: boolean;
  readonly madeAt: EpochMs;
  /** Not to be acted on before. */
  readonly notBefore: EpochMs;
  readonly cuts: readonly PlannedCut[];
  readonly withheld: readonly Withheld[];
  /** Principals that the actor is, became or minted credentials for: none of them approves. */
  readonly linked: readonly string[];
}

/** Stands in a statement for the time of applying, which a plan cannot know. */
export const APPLY_TIME = '1970-01-01T00:00:00Z';
