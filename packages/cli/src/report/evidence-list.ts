import type { AnomalyData, Evidence, EvidenceFamily } from '@portcullis/contract';
import { FAMILY_NAMES } from './families.ts';
import { type Html, html, trusted } from './html.ts';

/** Pieces shown at once; the weaker ones fold away. */
const MAX_OPEN = 8;
/** Widths are in hundredths of the bar. */
const FULL = 100;

/** Share of each family in the risk, as one stacked bar: the shape of an alert at a glance. */
export function familyBar({ evidence, risk }: AnomalyData): Html {
  const shares = sharesOf(evidence);
  let at = 0;
  const segments = [...shares].map(([family, share]) => {
    const width = risk > 0 ? (share / risk) * FULL : 0;
    const segment = html`<rect class="family-${family}" x="${decimal(at)}" y="0" width="${decimal(Math.max(0, width - 0.6))}" height="8"/>`;
    at += width;
    return segment;
  });
  return html`<svg class="family-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">${segments}</svg>`;
}

/** `what it did 20.0 + how much 9.7 + from where 4.1 = 33.8`; tenths, so that it adds up. */
export function familySum({ evidence, risk }: AnomalyData): Html {
  const terms = [...sharesOf(evidence)].map(
    ([family, share], index) =>
      html`${index === 0 ? '' : ' + '}<span class="term"><svg class="swatch" viewBox="0 0 8 8" aria-hidden="true" focusable="false"><rect class="family-${family}" width="8" height="8" rx="2"/></svg>${FAMILY_NAMES[family]} <b>${share.toFixed(1)}</b></span>`,
  );
  return html`<p class="sum">${terms} = <span class="term">risk <b>${risk.toFixed(1)}</b></span></p>`;
}

/** Every piece of evidence: what it adds, what was seen, what is usual, and with whom that was compared. */
export function evidenceList({ evidence }: AnomalyData): Html {
  const largest = Math.max(0.1, ...evidence.map(({ contribution }) => contribution));
  const items = (list: readonly Evidence[]) =>
    html`<ol class="evidence">${list.map((item) => evidenceItem(item, largest))}</ol>`;
  const weaker = evidence.slice(MAX_OPEN);
  if (weaker.length === 0) return items(evidence);
  const sum = weaker.reduce((total, { contribution }) => total + contribution, 0);
  return html`${items(evidence.slice(0, MAX_OPEN))}
<details class="weaker"><summary>${weaker.length} weaker, adding ${sum.toFixed(1)} together</summary>${items(weaker)}</details>`;
}

function evidenceItem(
  { detector, family, bits, impact, contribution, observed, usual, reason }: Evidence,
  largest: number,
): Html {
  return html`<li>
<div class="adds"><b>${contribution.toFixed(1)}</b>
<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="6"/><rect class="family-${family}" width="${decimal((contribution / largest) * FULL)}" height="6"/></svg>
<span class="how">${bits.toFixed(1)} bits × impact ${impact}</span></div>
<div class="found"><p class="observed">${observed}</p>
<dl class="against"><dt>usual</dt><dd>${usual}</dd><dt>compared</dt><dd>${reason}</dd></dl>
<p class="source">${FAMILY_NAMES[family]} · ${detector}</p></div>
</li>`;
}

function sharesOf(evidence: readonly Evidence[]): ReadonlyMap<EvidenceFamily, number> {
  const shares = new Map<EvidenceFamily, number>();
  for (const { family, contribution } of evidence) shares.set(family, (shares.get(family) ?? 0) + contribution);
  return new Map([...shares].filter(([, share]) => share > 0).sort(([, a], [, b]) => b - a));
}

function decimal(value: number): Html {
  return trusted(value.toFixed(1));
}
