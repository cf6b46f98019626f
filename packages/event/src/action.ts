/** IAM's own five access levels. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

/**
 * `mapped`: IAM knows the action. `permissionless`: AWS asks no permission for it, so no policy can
 * deny it. `unmapped`: no IAM action is known; such an action never yields a targeted deny.
 */
export type ActionMapping = 'mapped' | 'permissionless' | 'unmapped';

/**
 * What a call does to what it touches: reads the content that an application keeps there, changes or uses it,
 * or only looks at how it is set up.
 */
export type Effect = 'reads-data' | 'changes' | 'views';

/** What was called, in IAM's terms. One shared object per distinct (event source, event name). */
export interface Action {
  /** `iam:CreateAccessKey`; for an unmapped call its service prefix and event name, `signin:ConsoleLogin`. */
  readonly name: string;
  /** IAM service prefix: `iam`. */
  readonly service: string;
  readonly mapping: ActionMapping;
  /** Absent where unmapped. */
  readonly accessLevel?: AccessLevel;
  readonly effect: Effect;
  /** Further IAM actions that the same call needs: `s3:GetObject` on the source of `CopyObject`. */
  readonly alsoNeeds: readonly string[];
}
