/** Longest shape: session names end at 64 characters. */
const MAX_SHAPE = 48;

/**
 * How a session name is built, apart from what differs from session to session.
 *
 * Runs that hold a digit become `#`, other runs of letters `a`, the rest stays: `i-0123456789abcdef0` is `a-#`,
 * `amara@example.com` is `a@a.a`, `GitHubActions` and `orders-api` are `a` and `a-a`. Names built by one tool
 * share a shape; a name typed by hand rarely has that of an instance or a run.
 */
export function sessionShapeOf(name: string): string {
  const shape = name.replace(/[\p{L}\d]+/gu, (run) => (/\d/.test(run) ? '#' : 'a'));
  return shape.length > MAX_SHAPE ? shape.slice(0, MAX_SHAPE) : shape;
}
