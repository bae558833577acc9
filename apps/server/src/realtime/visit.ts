export interface Person {
  sockets: number;
  /** What was pushed to them lately, in its order: where their inbox ended before, and when. */
  pushed: { from: number; at: number }[];
  /** Resolves when what other nodes tell them is heard here. */
  heard: Promise<void> | undefined;
}

/** One socket's time with us. */
export interface Visit {
  userId: string;
  person: Person;
  /** It has been sent all that there was. */
  sees: boolean;
}
