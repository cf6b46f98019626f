/** The compiled table as shipped: read it at an edge and hand the bytes to `openNetworkTable`. */
export const networkTableUrl = new URL('../../data/network.bin', import.meta.url);
