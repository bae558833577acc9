import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/** `192.0.2.1:4711` or `[2001:db8::1]:4711`, as some proxies write it. */
const WITH_PORT = /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/;

/**
 * The address of whoever sent a request, over HTTP or to open a socket.
 *
 * @param hops how many proxies stand before the server. Each adds to `X-Forwarded-For`, at its right, where a
 *   request came from; what stands further left is only what the client says.
 */
export function clientAddress(req: IncomingMessage, hops: number): string {
  const peer = req.socket.remoteAddress ?? '';
  // A client that has gone has no address any more.
  if (peer === '') return peer;
  return plain(proxyAddr(req, (_address, hop) => hop < hops)) ?? plain(peer) ?? peer;
}

/** The address that a limit counts against: of IPv6 the network, of which one household has all addresses. */
export function limitedAddress(address: string): string {
  if (isIP(address) !== 6 || !ipaddr.isValid(address)) return address;
  const network = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${network.map((part) => part.toString(16)).join(':')}::/64`;
}

/** Always in the same spelling, IPv4 as IPv4; null for what is no address. */
function plain(text: string): string | null {
  const [, bracketed, bare] = WITH_PORT.exec(text) ?? [];
  // The zone of a local address names an interface, and no place.
  const [address = ''] = (bracketed ?? bare ?? text).split('%', 1);
  // Each takes spellings for an address that the other does not.
  return isIP(address) && ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;
}
