/** `lockTimeout` in code is `lock-timeout` in YAML. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Variable in which the runner hands over an input: upper case, and of other characters only spaces change. */
export function inputVariable(name: string): string {
  return `INPUT_${kebabCase(name).replaceAll(" ", "_").toUpperCase()}`;
}
