import type { ResponsePorts } from '../ports.ts';

/** The process died here; what it had done stays done. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

/** Ports that die before their nth effect: a call that changes something, a line of the ledger, an event. */
export function crashingBefore(ports: ResponsePorts, effect: number): ResponsePorts {
  let count = 0;
  const maybeDie = () => {
    if (count++ === effect) throw new CrashError(`before effect ${effect}`);
  };
  return {
    ...ports,
    async call(call, place) {
      if (call.power !== 'look') maybeDie();
      return ports.call(call, place);
    },
    async publish(event) {
      maybeDie();
      return ports.publish(event);
    },
    ledger: {
      ...ports.ledger,
      async append(entry) {
        maybeDie();
        return ports.ledger.append(entry);
      },
    },
  };
}
