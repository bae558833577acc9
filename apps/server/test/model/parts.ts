/** A number of schedules that one seed stands for. */
export interface Part {
  seed: number;
  /** Of one schedule alone: to live through it again. */
  path?: string;
  numRuns: number;
}

export interface PartResult {
  numRuns: number;
  failure: {
    seed: number;
    path: string;
    reason: string;
    nodes: number;
    users: readonly string[];
    steps: string[];
  } | null;
}
