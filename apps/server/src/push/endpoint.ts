import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/*
 * Whom this server may be made to call. An endpoint comes from a browser, so anybody can name any address: one
 * in the server's own network must not be reached through it. A name is checked when it is resolved for the
 * connection itself, so that it cannot mean another address by then.
 */

/** Over before the time that a push service has to answer. */
const RESOLVING = { timeout: 1_500, tries: 2 };

const LOOPBACK_ADDRESSES: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Private, link-local, shared, documentation, multicast and reserved addresses. */
const CLOSED_IPV4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  CLOSED_IPV4.addSubnet(network, prefix, 'ipv4');
}

/** Of IPv6 only what is routed worldwide is open, without the ranges in it that stand for an IPv4 address. */
const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6');
const CLOSED_IPV6 = new BlockList();
CLOSED_IPV6.addSubnet('2001::', 23, 'ipv6');
CLOSED_IPV6.addSubnet('2001:db8::', 32, 'ipv6');
CLOSED_IPV6.addSubnet('2002::', 16, 'ipv6');

export interface EndpointRule {
  /** Why the endpoint is not called, as a sentence; null when it may be. A name is not resolved yet. */
  problem(endpoint: string): string | null;
  /** Resolves a name to those of its addresses that may be called. */
  lookup: LookupFunction;
}

/** A name that leads to no address that may be called. */
export class ClosedAddress extends Error {}

/** While our own address is a loopback one, as in development and tests, push services may be there too. */
export function endpointRule(publicUrl: string, resolver = new Resolver(RESOLVING)): EndpointRule {
  const local = isLoopbackHost(new URL(publicUrl).hostname);
  const isOpen = (address: string) => isPublic(address) || (local && isLoopback(address));

  return {
    problem(endpoint) {
      if (!URL.canParse(endpoint)) return 'The endpoint must be an address.';
      const { protocol, hostname } = new URL(endpoint);
      const loopback = isLoopbackHost(hostname);
      if (protocol !== 'https:' && !(protocol === 'http:' && local && loopback))
        return 'The endpoint must be an https address.';
      const address = withoutBrackets(hostname);
      const closed = isIP(address) ? !isOpen(address) : loopback && !local;
      return closed ? 'The endpoint must be a public address.' : null;
    },

    lookup(hostname, options, callback) {
      addressesOf(hostname, resolver).then(
        (addresses) => {
          const open = addresses.filter(({ address }) => isOpen(address));
          const [first] = open;
          if (!first) callback(new ClosedAddress(`${hostname} has no public address`), []);
          else if (options.all) callback(null, open);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
    },
  };
}

/**
 * Asks the name servers itself. The system's `lookup` takes one of the four threads of the process for as long as
 * it goes on: a few names that nobody answers for would stop the files and passwords of everybody.
 */
async function addressesOf(hostname: string, resolver: Resolver): Promise<LookupAddress[]> {
  if (isLoopbackHost(hostname)) return LOOPBACK_ADDRESSES;
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  if (v4.status === 'rejected' && v6.status === 'rejected') throw v4.reason;
  return [
    ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
  ];
}

function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !CLOSED_IPV4.check(address, 'ipv4');
  return GLOBAL_IPV6.check(address, 'ipv6') && !CLOSED_IPV6.check(address, 'ipv6');
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

function isLoopbackHost(hostname: string): boolean {
  const address = withoutBrackets(hostname);
  if (isIP(address)) return isLoopback(address);
  return /(^|\.)localhost\.?$/.test(hostname);
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
