// Puts a chart that can be zoomed in the place of the drawn time line. What is zoomed to, the alerts are filtered by.
{
  interface Mark {
    readonly id: string;
    readonly at: number;
    readonly score: number;
    readonly severity: string;
    readonly title: string;
  }
  interface TimelineData {
    readonly hours: readonly (readonly [number, number])[];
    readonly learnedUntil: number | null;
    readonly alerts: readonly Mark[];
  }

  const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
  const HEIGHT = 230;
  const RADIUS = 5;
  const REACH = 10;
  const HOUR = 3600;
  const DAY = 24 * HOUR;
  const place = document.getElementById('timeline-chart');
  const source = document.getElementById('timeline-data');
  if (place !== null && source !== null && typeof uPlot !== 'undefined')
    draw(place, JSON.parse(source.textContent ?? ''));

  function draw(place: HTMLElement, data: TimelineData): void {
    const start = data.hours[0]?.[0] ?? 0;
    const end = (data.hours.at(-1)?.[0] ?? 0) + HOUR;
    place.hidden = false;
    document.documentElement.classList.add('charted');
    const note = place.appendChild(document.createElement('p'));
    note.className = 'chart-note';
    const hint =
      data.alerts.length === 0
        ? 'Drag to look closer.'
        : 'Drag to choose hours; the alerts below follow. Click a mark to open its alert.';
    note.textContent = hint;
    const reset = place.appendChild(document.createElement('button'));
    reset.type = 'button';
    reset.textContent = 'All hours';
    reset.hidden = true;

    const [times, events] = filled(data.hours, start, end);
    const style = () => ({
      ink: color('--muted'),
      grid: color('--line'),
      activity: color('--activity'),
      learned: color('--learned'),
      ring: color('--surface'),
      severities: new Map(SEVERITIES.map((severity) => [severity, color(`--${severity.toLowerCase()}`)])),
    });
    let colors = style();
    let near: Mark | undefined;

    const axis = (scale: string): uPlot.Axis => ({
      scale,
      stroke: () => colors.ink,
      grid: { stroke: () => colors.grid, width: 1 },
      ticks: { stroke: () => colors.grid, width: 1 },
      font: '12px system-ui, sans-serif',
    });
    const chart = new uPlot(
      {
        width: place.clientWidth,
        height: HEIGHT,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: true } },
        scales: {
          x: { time: true },
          events: { range: (_chart, _min, max) => [0, Math.max(1, max)] },
          score: { range: [0, 108] },
        },
        axes: [
          { ...axis('x'), space: 64, size: 30, values: (_chart, at) => at.map(hourText) },
          { ...axis('score'), size: 40, splits: () => [0, 25, 50, 75, 100] },
        ],
        series: [
          {},
          {
            scale: 'events',
            stroke: () => colors.activity,
            fill: () => colors.activity,
            width: 0,
            points: { show: false },
            ...stepped(),
          },
          { scale: 'score', points: { show: false } },
        ],
        hooks: {
          drawClear: [(self) => shadeLearned(self, data.learnedUntil)],
          draw: [
            (self) => {
              for (const mark of data.alerts) drawMark(self, mark, mark === near);
            },
          ],
          setCursor: [
            (self) => {
              const found = markAt(self, data.alerts);
              if (found === near) return;
              near = found;
              self.over.classList.toggle('on-mark', found !== undefined);
              note.textContent =
                found === undefined ? hint : `${found.severity} ${found.score}, ${iso(found.at)}: ${found.title}`;
              self.redraw(false);
            },
          ],
          setScale: [
            (self, scale) => {
              if (scale !== 'x') return;
              const { min, max } = self.scales.x ?? {};
              const zoomed = min != null && max != null && (min > start || max < end - HOUR);
              reset.hidden = !zoomed;
              const span = zoomed ? { from: min * 1000, to: max * 1000 } : null;
              document.dispatchEvent(new CustomEvent('span', { detail: span }));
            },
          ],
        },
      },
      [times, events, times.map(() => null)],
      place,
    );
    place.append(reset, note);
    chart.root.role = 'img';
    chart.root.ariaLabel = 'Alerts by time and score over events per hour; the same alerts are listed below';

    reset.addEventListener('click', () => chart.setData(chart.data, true));
    chart.over.addEventListener('click', () => {
      if (near === undefined) return;
      if (location.hash === `#alert-${near.id}`) dispatchEvent(new HashChangeEvent('hashchange'));
      else location.hash = `alert-${near.id}`;
    });
    new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
    document.addEventListener('theme', () => {
      colors = style();
      chart.redraw(false, true);
    });

    function drawMark(self: uPlot, { at, score, severity }: Mark, hovered: boolean): void {
      const x = self.valToPos(at, 'x', true);
      if (x < self.bbox.left || x > self.bbox.left + self.bbox.width) return;
      const { ctx } = self;
      ctx.beginPath();
      ctx.arc(
        x,
        self.valToPos(score, 'score', true),
        (hovered ? RADIUS + 2 : RADIUS) * devicePixelRatio,
        0,
        2 * Math.PI,
      );
      ctx.fillStyle = colors.severities.get(severity) ?? colors.ink;
      ctx.fill();
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.strokeStyle = colors.ring;
      ctx.stroke();
    }

    function shadeLearned(self: uPlot, until: number | null): void {
      if (until === null) return;
      const { left, top, width, height } = self.bbox;
      const right = Math.min(left + width, self.valToPos(until, 'x', true));
      if (right <= left) return;
      self.ctx.fillStyle = colors.learned;
      self.ctx.fillRect(left, top, right - left, height);
    }
  }

  function stepped(): Partial<uPlot.Series> {
    const paths = uPlot.paths.stepped?.({ align: 1 });
    return paths === undefined ? {} : { paths };
  }

  /** Hours without events are zero, not unknown. */
  function filled(hours: TimelineData['hours'], start: number, end: number): [number[], number[]] {
    const known = new Map(hours);
    const times = Array.from({ length: Math.round((end - start) / HOUR) + 1 }, (_, index) => start + index * HOUR);
    return [times, times.map((time) => known.get(time) ?? 0)];
  }

  function markAt(self: uPlot, marks: readonly Mark[]): Mark | undefined {
    const { left = -1, top = -1 } = self.cursor;
    let nearest: Mark | undefined;
    let least = REACH;
    for (const mark of marks) {
      const distance = Math.hypot(self.valToPos(mark.at, 'x') - left, self.valToPos(mark.score, 'score') - top);
      if (distance <= least) [nearest, least] = [mark, distance];
    }
    return nearest;
  }

  /** What a color of the style sheet comes to in the theme of the moment. */
  function color(name: string): string {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  /** Days by their date, hours within them by the clock. */
  function hourText(seconds: number): string {
    const date = new Date(seconds * 1000);
    if (seconds % DAY !== 0) return date.toISOString().slice(11, 16);
    return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  }

  function iso(seconds: number): string {
    return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  }
}
