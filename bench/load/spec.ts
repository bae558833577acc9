/** What one run of the load is told, and what it says in the end. */
import type { Target } from './client.ts';
import type { AllowedState } from './journal.ts';

export interface LoadSpec {
  scenario: 'likes' | 'latency' | 'idle' | 'hotPost' | 'restart';
  /** Of each node. */
  targets: Target[];
  /** The first. */
  target: Target;
  /** Of what is between the nodes; null where there is nothing. */
  redisUrl: string | null;
  serverPid: number;
  /** The world's folder. */
  world: string;
  seconds: number;
  /** Before it is measured: until most of what runs often is compiled. */
  warmUpSeconds: number;
  /** Likes under way per person. */
  window: number;
  /** Likes per second. */
  rate: number;
  /** Sockets that do nothing, or watch. */
  sockets: number;
}

export interface LoadResult {
  figures: Record<string, number>;
  /** Sentences, of what should not have been. */
  wrong: string[];
  states: AllowedState[];
  heads: [userId: string, seq: number][];
}
