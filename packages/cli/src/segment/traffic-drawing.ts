import type { GraphEdge, TrafficGraph } from '@portcullis/review';
import { type Html, html, trusted } from '../report/html.ts';
import { bytesText } from './bytes-text.ts';

/** Lines of the drawing; more would be a web that nobody reads. */
export const MAX_DRAWN = 30;

const ROW = 30;
const WIDTH = 960;
const LEFT = 330;
const RIGHT = 630;
const MAX_NAME = 42;

/** Those edges that carried most. */
function drawnEdges({ edges }: TrafficGraph): readonly GraphEdge[] {
  return edges.slice(0, MAX_DRAWN);
}

/**
 * The graph as a drawing: who opened on the left, to whom on the right, the wider the more was carried. Needs no script.
 *
 * Each line is a link to its row of the table, which says the same in words and can be reached by keyboard.
 */
export function trafficDrawing(graph: TrafficGraph): Html {
  const edges = drawnEdges(graph);
  const names = new Map(graph.parties.map(({ id, name, kind }) => [id, { name, kind }]));
  const from = orderOf(edges.map((edge) => edge.from));
  const to = orderOf(edges.map((edge) => edge.to));
  const height = ROW * Math.max(from.size, to.size) + 20;
  const most = Math.max(1, ...edges.map(({ bytes }) => bytes));
  const y = (order: ReadonlyMap<string, number>, id: string) => 24 + ROW * (order.get(id) ?? 0);
  const label = (id: string, order: ReadonlyMap<string, number>, side: 'left' | 'right') => {
    const { name = id, kind = 'network' } = names.get(id) ?? {};
    const short = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
    const x = side === 'left' ? LEFT - 12 : RIGHT + 12;
    return html`<g class="party ${kind}"><circle cx="${side === 'left' ? LEFT : RIGHT}" cy="${y(order, id)}" r="5"/><text x="${x}" y="${y(order, id) + 4}" text-anchor="${side === 'left' ? 'end' : 'start'}">${short}</text></g>`;
  };
  const line = (edge: GraphEdge, index: number) => {
    const [a, b] = [y(from, edge.from), y(to, edge.to)];
    const middle = (LEFT + RIGHT) / 2;
    // By the logarithm: what carries a thousandth is still a line
    const width = 1 + 6 * Math.max(0, 1 + Math.log10(edge.bytes / most + 1e-9) / 6);
    const said = `${names.get(edge.from)?.name} to ${names.get(edge.to)?.name}, ${edge.port}, ${bytesText(edge.bytes)}`;
    const path = `M${LEFT + 6} ${a} C${middle} ${a} ${middle} ${b} ${RIGHT - 6} ${b}`;
    return html`<a href="#edge-${index + 1}" aria-label="${said}"><path class="${edge.unsure ? 'unsure' : 'sure'}" d="${trusted(path)}" stroke-width="${width.toFixed(1)}"/><title>${said}</title></a>`;
  };
  return html`<svg class="graph" viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="Who opened connections to whom; the table below says the same">
${edges.map(line)}
${[...from.keys()].map((id) => label(id, from, 'left'))}
${[...to.keys()].map((id) => label(id, to, 'right'))}
</svg>`;
}

function orderOf(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(ids)].map((id, index) => [id, index]));
}
