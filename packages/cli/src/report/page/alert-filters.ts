// Filters, sorts and opens the alerts of the page. Without it all of them are there, most severe first.
{
  const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
  const form = document.querySelector<HTMLFormElement>('#filters');
  const list = document.querySelector<HTMLOListElement>('#alert-list');
  const count = document.querySelector<HTMLElement>('#count');
  const toggle = document.querySelector<HTMLButtonElement>('#toggle-all');

  if (form !== null && list !== null && count !== null && toggle !== null) {
    const alerts = [...list.querySelectorAll<HTMLLIElement>(':scope > li')].map((item) => ({
      item,
      text: (item.textContent ?? '').toLowerCase(),
      severity: item.dataset.severity ?? '',
      kind: item.dataset.kind ?? '',
      actor: item.dataset.actor ?? '',
      score: Number(item.dataset.score),
      risk: Number(item.dataset.risk),
      first: Number(item.dataset.first),
      details: item.querySelector('details'),
    }));
    type Alert = (typeof alerts)[number];
    let span: { readonly from: number; readonly to: number } | undefined;

    const bySeverity = (a: Alert, b: Alert) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.score - a.score || a.first - b.first;
    const orders: Readonly<Record<string, (a: Alert, b: Alert) => number>> = {
      severity: bySeverity,
      newest: (a, b) => b.first - a.first || bySeverity(a, b),
      oldest: (a, b) => a.first - b.first || bySeverity(a, b),
      risk: (a, b) => b.risk - a.risk || bySeverity(a, b),
      actor: (a, b) => (a.actor < b.actor ? -1 : a.actor > b.actor ? 1 : bySeverity(a, b)),
    };

    const update = () => {
      const chosen = new FormData(form);
      const words = String(chosen.get('text') ?? '')
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      const severities = new Set(chosen.getAll('severity'));
      const kind = chosen.get('kind');
      let shown = 0;
      for (const alert of alerts) {
        const inside = span === undefined || (alert.first >= span.from && alert.first <= span.to);
        const fits =
          inside &&
          severities.has(alert.severity) &&
          (kind === '' || alert.kind === kind) &&
          words.every((word) => alert.text.includes(word));
        alert.item.hidden = !fits;
        if (fits) shown += 1;
      }
      const order = orders[String(chosen.get('sort'))] ?? bySeverity;
      list.append(...[...alerts].sort(order).map(({ item }) => item));
      const all = `${alerts.length} alert${alerts.length === 1 ? '' : 's'}`;
      const when = span === undefined ? '' : ' in the chosen hours';
      count.textContent = shown === alerts.length ? all : `${shown} of ${all}${when}`;
    };

    const visible = () => alerts.filter(({ item }) => !item.hidden);
    const opens = () => visible().some(({ details }) => details?.open === false);
    const label = () => {
      toggle.textContent = opens() ? 'Open all' : 'Close all';
    };

    form.addEventListener('input', () => {
      update();
      label();
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    toggle.addEventListener('click', () => {
      const open = opens();
      for (const { details } of visible()) if (details !== null) details.open = open;
      label();
    });
    list.addEventListener('toggle', label, { capture: true });

    // From alert to alert with the arrow keys, once one has the focus
    list.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const heads = [...list.querySelectorAll<HTMLElement>(':scope > li:not([hidden]) > details > summary')];
      const at = event.target instanceof HTMLElement ? heads.indexOf(event.target) : -1;
      if (step === 0 || at === -1) return;
      event.preventDefault();
      heads[Math.min(heads.length - 1, Math.max(0, at + step))]?.focus();
    });

    document.addEventListener('span', (event) => {
      span = event instanceof CustomEvent && event.detail !== null ? event.detail : undefined;
      update();
      label();
    });

    // A link to an alert opens it, from the time line or from outside
    const reveal = () => {
      const target = alerts.find(({ item }) => `#${item.id}` === location.hash);
      if (target?.details == null) return;
      target.item.hidden = false;
      target.details.open = true;
      target.item.scrollIntoView({ block: 'start' });
      target.details.querySelector('summary')?.focus({ preventScroll: true });
    };
    addEventListener('hashchange', reveal);
    reveal();

    let closed: HTMLDetailsElement[] = [];
    addEventListener('beforeprint', () => {
      closed = visible().flatMap(({ details }) => (details === null || details.open ? [] : [details]));
      for (const details of closed) details.open = true;
    });
    addEventListener('afterprint', () => {
      for (const details of closed) details.open = false;
    });

    // The worst is what most people came for
    const [worst] = alerts;
    if (worst?.details != null && location.hash === '') worst.details.open = true;
    update();
    label();
  }
}
