/** Variables of a process, as Node reads them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a child may know of us. Everything else stays here: inputs, and the tokens that the runner gives an action
 * (ACTIONS_RUNTIME_TOKEN, ACTIONS_ID_TOKEN_REQUEST_TOKEN).
 */
const passed = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "KUBECONFIG"],
  ...["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  // Without these hardly any program starts on Windows.
  ...["SYSTEMROOT", "PATHEXT", "COMSPEC", "TEMP", "TMP", "APPDATA", "LOCALAPPDATA", "USERPROFILE"],
]);

/** The part of `own` that a child gets, and what its caller adds by name. */
export function childEnvironment(own: Environment, added: Environment = {}): Environment {
  const kept = Object.entries(own).filter(([name]) => passed.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...added };
}
