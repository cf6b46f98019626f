/** What is asked of a system of tickets. */
export interface Tickets {
  /** The ticket with this label, for the case that its key was lost between making and remembering it. */
  find(label: string): Promise<string | undefined>;
  /** @returns its key */
  create(ticket: NewTicket): Promise<string>;
  update(key: string, change: { readonly title: string; readonly priority: Priority }): Promise<void>;
  comment(key: string, text: string): Promise<void>;
  /** Closing what is closed does nothing. */
  close(key: string): Promise<void>;
  /** Opening what is open does nothing. */
  reopen(key: string): Promise<void>;
}

export type Priority = 'Low' | 'Medium' | 'High' | 'Highest';

export interface NewTicket {
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly priority: Priority;
}

/** What is remembered of an episode. */
export interface TicketState {
  /** Absent where it was worth no ticket. */
  readonly key?: string;
  readonly revision: number;
}

export interface TicketStore {
  /** Strongly consistent. */
  load(episode: string): Promise<TicketState | undefined>;
  save(episode: string, state: TicketState): Promise<void>;
}
