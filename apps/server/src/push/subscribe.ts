import { ErrorCode, type PushSubscriptionData } from '@live-likes/contract';
import type { Login } from '../auth/sessions.ts';
import { Refusal, unauthenticated } from '../errors.ts';
import type { PushStore } from '../storage/store.ts';
import type { EndpointRule } from './endpoint.ts';
import { isPublicKey } from './vapid.ts';

/** Browsers of one person. The one registered longest ago gives way to a new one. */
const SUBSCRIPTIONS_MAX = 10;
const AUTH_BYTES = 16;

/**
 * Sends the pushes for this login's user to a browser too, until the session ends.
 *
 * @throws {Refusal} `INVALID` when nothing could be sent there, `UNAUTHENTICATED` when the session has just ended.
 */
export async function subscribe(
  store: PushStore,
  rule: EndpointRule,
  { sessionId }: Login,
  subscription: PushSubscriptionData,
): Promise<void> {
  const problem = rule.problem(subscription.endpoint) ?? keysProblem(subscription.keys);
  if (problem) throw new Refusal(ErrorCode.INVALID, problem);
  if (!(await store.addPushSubscription(sessionId, subscription, SUBSCRIPTIONS_MAX))) throw unauthenticated();
}

function keysProblem({ p256dh, auth }: PushSubscriptionData['keys']): string | null {
  if (!isPublicKey(p256dh)) return 'keys.p256dh must be a public key of P-256.';
  if (Buffer.from(auth, 'base64url').length !== AUTH_BYTES) return 'keys.auth must be 16 bytes.';
  return null;
}
