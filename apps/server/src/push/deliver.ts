import * as http from 'node:http';
import * as https from 'node:https';
import type { PushSubscriptionData } from '@live-likes/contract';
import webPush from 'web-push';
import type { Clock } from '../clock.ts';
import { ClosedAddress, type EndpointRule } from './endpoint.ts';
import type { Vapid } from './vapid.ts';

/** A push service that takes longer to answer is tried again later. */
const TIMEOUT_MS = 8_000;
/** A device that is away longer finds it in the inbox. In seconds. */
const KEPT_FOR_S = 24 * 3_600;

export interface Push {
  userId: string;
  subscription: PushSubscriptionData;
  notificationId: string;
  message: string;
  topic: string;
  /** From then on it comes too late. */
  until: number;
}

/** `gone`: there is no such subscription any more. `later`: worth another try. `refused`: it will never be taken. */
export type Delivery = 'delivered' | 'gone' | 'later' | 'refused';

/** Hands single pushes over to their push services, encrypted for the browser and signed by us. */
export function createDeliverer({ vapid, rule, clock }: { vapid: Vapid; rule: EndpointRule; clock: Clock }) {
  // No connection is kept: whoever names ever new hosts would collect them.
  const agents = { 'https:': new https.Agent(), 'http:': new http.Agent() };

  return {
    /** @throws {Error} when the subscription's keys are of no use. */
    async deliver({ subscription, message, topic }: Push): Promise<Delivery> {
      // Again, since the rule may have been another one when it was registered.
      if (rule.problem(subscription.endpoint) !== null) return 'refused';
      const { headers, body } = webPush.generateRequestDetails(subscription, message, {
        vapidDetails: vapid,
        TTL: KEPT_FOR_S,
        urgency: 'normal',
        topic,
        contentEncoding: 'aes128gcm',
      });
      try {
        return meaning(await post(new URL(subscription.endpoint), headers, body));
      } catch (error) {
        return error instanceof ClosedAddress ? 'refused' : 'later';
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };

  /** Follows no redirect, and reads of the answer no more than its status. */
  function post(url: URL, headers: http.OutgoingHttpHeaders, body: Buffer): Promise<number> {
    const secure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      headers,
      lookup: rule.lookup,
      agent: agents[secure ? 'https:' : 'http:'],
    };
    return new Promise((resolve, reject) => {
      const request = (secure ? https : http).request(url, options);
      const timer = clock.setTimeout(() => request.destroy(new Error('no answer in time')), TIMEOUT_MS);
      request.on('response', ({ statusCode = 0 }) => {
        resolve(statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.on('close', () => clock.clearTimeout(timer));
      request.end(body);
    });
  }
}

function meaning(status: number): Delivery {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 404 || status === 410) return 'gone';
  return status === 429 || status >= 500 ? 'later' : 'refused';
}
