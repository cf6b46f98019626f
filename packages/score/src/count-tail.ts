/**
 * Upper tail of a negative binomial count, as a Chernoff bound in nats.
 *
 * −ln P(X ≥ x) is at least `x ln(x/m) − (x+r) ln((x+r)/(m+r))` for mean m and size r, x > m
 * (large-deviation rate function of the gamma-Poisson mixture). Closed, monotone, and exact enough
 * where it matters, far out; it never underflows, as no probability is ever formed.
 *
 * @returns 0 at or below the mean
 */
export function negativeBinomialTail(count: number, mean: number, dispersion: number): number {
  if (count <= mean) return 0;
  const excess = Math.log(count / mean);
  return count * excess - (count + dispersion) * Math.log((count + dispersion) / (mean + dispersion));
}
