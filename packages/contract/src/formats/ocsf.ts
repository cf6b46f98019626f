/** A name or id, as OCSF has many. */
interface Named {
  readonly uid?: string;
  readonly name?: string;
}

interface Observed {
  readonly observation_parameter: string;
  readonly observation_type: string;
  readonly observations: readonly { readonly value: string }[];
}

/** The part of OCSF's Detection Finding (2004) that we fill in, version 1.8.0, cloud profile. */
export interface OcsfDetectionFinding {
  readonly category_uid: 2;
  readonly category_name: 'Findings';
  readonly class_uid: 2004;
  readonly class_name: 'Detection Finding';
  readonly activity_id: 1 | 2 | 3;
  readonly activity_name: 'Create' | 'Update' | 'Close';
  readonly type_uid: 200401 | 200402 | 200403;
  readonly type_name: string;
  readonly severity_id: 2 | 3 | 4 | 5;
  readonly severity: string;
  readonly status_id: 1 | 2 | 3 | 4 | 5;
  readonly status: string;
  readonly confidence_id: 1 | 2 | 3;
  readonly confidence: string;
  readonly is_alert: boolean;
  /** When the event was made, in milliseconds; `timezone_offset` says that it is UTC. */
  readonly time: number;
  readonly timezone_offset: 0;
  readonly message: string;
  /** What a person answered. */
  readonly comment?: string;
  readonly risk_score: number;
  readonly metadata: {
    readonly version: '1.8.0';
    readonly profiles: readonly ['cloud'];
    readonly uid: string;
    readonly correlation_uid: string;
    readonly event_code: string;
    readonly sequence: number;
    readonly labels: readonly string[];
    readonly product: { readonly uid: string; readonly name: string; readonly vendor_name: string };
  };
  readonly cloud: {
    readonly provider: 'AWS';
    readonly cloud_partition?: string;
    readonly region?: string;
    readonly account?: { readonly uid: string; readonly type_id: 10 };
  };
  readonly finding_info: {
    readonly uid: string;
    readonly title: string;
    readonly analytic: Named & { readonly type_id: 2 };
    readonly related_analytics: readonly (Named & { readonly type_id: 2 })[];
    readonly attacks?: readonly {
      readonly version: string;
      readonly technique: Named;
      readonly sub_technique?: Named;
    }[];
    readonly first_seen_time: number;
    readonly last_seen_time: number;
    readonly modified_time: number;
    readonly related_events: readonly { readonly uid: string }[];
    readonly related_events_count: number;
  };
  readonly resources: readonly (Named & { readonly type?: string; readonly region?: string })[];
  readonly evidences: readonly {
    readonly uid: string;
    readonly name: string;
    readonly actor: { readonly user: Named & { readonly type_id: number; readonly type: string } };
    readonly api?: { readonly operation: string; readonly service: Named };
    readonly data: Readonly<Record<string, string | number>>;
  }[];
  readonly anomaly_analyses?: readonly {
    readonly analysis_targets: readonly { readonly name: string; readonly type: string }[];
    readonly anomalies: readonly Observed[];
    readonly baselines: readonly Observed[];
  }[];
  readonly remediation?: { readonly desc: string };
  /** What has no place in OCSF, under the names of the contract. */
  readonly unmapped: Readonly<Record<string, unknown>>;
}
