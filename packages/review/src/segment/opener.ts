import type { FlowEvent } from '@portcullis/event';

/** Which end opened the connection a flow is part of; `either` where the log does not tell. */
export type Opener = 'from' | 'to' | 'either';

const SYN = 2;
const ACK = 16;

/** Ports that programs listen on without being root, below those that kernels hand to clients (Linux: from 32768). */
const PRIVILEGED = 1024;
const EPHEMERAL = 32_768;

/**
 * Who opened: by the flags of the handshake where the log has them, else by the ports.
 *
 * A port that only root may listen on is the server's, and one that kernels hand to clients the client's. Gateways and load balancers use
 * all from 1024 as clients, so of two ports between the smaller one says nothing.
 */
export function openerOf({ tcpFlags = 0, protocol, from, to }: FlowEvent): Opener {
  if (protocol === 6 && (tcpFlags & SYN) !== 0) return (tcpFlags & ACK) === 0 ? 'from' : 'to';
  if (protocol !== 6 && protocol !== 17) return 'either';
  for (const bound of [PRIVILEGED, EPHEMERAL]) {
    if (to.port < bound !== from.port < bound) return to.port < bound ? 'from' : 'to';
  }
  return 'either';
}
