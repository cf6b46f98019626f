import type { AlertResponse, PlannedStep, Reversibility } from '@portcullis/contract';
import { type Html, html } from './html.ts';

const UNDO: Readonly<Record<Reversibility, string>> = {
  exact: 'take away the policy that was put in place. Nothing else was touched, so everything is as it was.',
  equivalent: 'what worked before works again, though not through the very same object.',
  manual:
    'by hand, where the identity is managed: the identity provider or the permission set. Nothing undoes it by itself.',
  none: 'not possible. A step like this never runs without a person.',
};

/** What would be cut, and how to take it back. */
export function planList({ plan }: AlertResponse): Html {
  if (plan.length === 0) {
    return html`<p>Would cut nothing: no narrow cut is known for this actor and these actions.</p>`;
  }
  return html`<ol class="plan">${plan.map(planStep)}</ol>`;
}

function planStep({ action, target, actions, reason, reversible }: PlannedStep): Html {
  return html`<li>
<p>Would <b>${action === 'deny-actions' ? 'deny' : action}</b> ${actions.map((name, index) => html`${index === 0 ? '' : ', '}<code>${name}</code>`)} for <code>${target}</code></p>
<p class="quiet">${reason}</p>
<p><b>To undo</b> (${reversible}): ${UNDO[reversible]}</p>
</li>`;
}
