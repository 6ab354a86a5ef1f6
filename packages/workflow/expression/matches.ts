/** Whether a branch or tag matches the patterns of a filter: the last that matches decides, and `!` takes away. */
export function matchesFilter(name: string, patterns: readonly string[]): boolean {
  return patterns.reduce((included, pattern) => {
    const negative = pattern.startsWith("!");
    return regexOf(negative ? pattern.slice(1) : pattern).test(name) ? !negative : included;
  }, false);
}

/** GitHub's filter patterns: `*` stops at a slash, `**` does not; `?` and `+` repeat what stands before them. */
function regexOf(pattern: string): RegExp {
  const source = pattern.replace(/\\.|\*\*|\*|[.^$(){}|]/g, (sign) => {
    if (sign === "**") return ".*";
    if (sign === "*") return "[^/]*";
    return sign.startsWith("\\") ? sign : `\\${sign}`;
  });
  return new RegExp(`^${source}$`);
}
