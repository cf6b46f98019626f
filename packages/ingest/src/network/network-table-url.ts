/**
 * The compiled table as shipped: read it at an edge and hand the bytes to `openNetworkTable`.
 *
 * A bundle carries the file along and keeps its place relative to the bundled module: `../../data/network.bin`.
 */
export const networkTableUrl = new URL('../../data/network.bin', import.meta.url);
