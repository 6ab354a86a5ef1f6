import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { CutoverError } from "@cutover/release";

/** Addresses of a cloud's own metadata, which give credentials away to whoever asks. Nobody has a service there. */
const metadata = new BlockList();
metadata.addSubnet("169.254.0.0", 16, "ipv4");
metadata.addSubnet("fe80::", 10, "ipv6");
metadata.addAddress("100.100.100.200", "ipv4");
metadata.addAddress("fd00:ec2::254", "ipv6");

/** @param host as in a URL: an IPv6 address may stand in brackets. @throws `refused` for an address where nobody has a service */
export function refuseMetadata(host: string): void {
  if (isMetadata(host.replace(/^\[|\]$/g, ""))) throw forbidden(host);
}

/** Where a name leads is known only here, and again at each connection. */
export const safeLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) return done(error ?? new Error("no address"), "", 0);
    if (addresses.some(({ address }) => isMetadata(address))) return done(forbidden(host), "", 0);
    if (options.all === true) return done(null, addresses);
    done(null, first.address, first.family);
  });
};

function isMetadata(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && metadata.check(address, family === 4 ? "ipv4" : "ipv6");
}

function forbidden(host: string): CutoverError {
  return new CutoverError("refused", `${host} is an address of the cloud's metadata`, {
    hint: "Name the server that is meant; nothing else is asked there.",
  });
}
