/** How a registry wants to be asked: RFC 9110's `WWW-Authenticate`, of which the distribution project uses two schemes. */
export type Challenge = { readonly scheme: "basic" } | Bearer;

export interface Bearer {
  readonly scheme: "bearer";
  /** Address that gives tokens away. */
  readonly realm: string;
  readonly service: string | undefined;
  readonly scope: string | undefined;
}

/** What the header asks for, a token rather than a password where it names both; `undefined` for what neither is. */
export function readChallenge(header: string): Challenge | undefined {
  const bearer = /(?:^|,)\s*bearer\s+(.*)$/is.exec(header)?.[1];
  if (bearer !== undefined) {
    const parameters = new Map<string, string>();
    for (const [, name = "", quoted, plain] of bearer.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)) {
      if (!parameters.has(name.toLowerCase()))
        parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
    }
    const realm = parameters.get("realm");
    if (realm !== undefined)
      return { scheme: "bearer", realm, service: parameters.get("service"), scope: parameters.get("scope") };
  }
  return /(?:^|,)\s*basic\b/i.test(header) ? { scheme: "basic" } : undefined;
}
