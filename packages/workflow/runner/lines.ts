/** Cuts a stream of text into lines as .NET's `StreamReader.ReadLine` does: at `\n`, at `\r\n` and at a lone `\r`. */
export function lineReader(onLine: (line: string) => void): { write(text: string): void; end(): void } {
  let rest = "";
  const take = (text: string) => {
    const lines = text.split(/\r\n|\r|\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
  return {
    write(text) {
      const all = rest + text;
      // What follows a carriage return at the end decides whether it is half of a line end.
      if (all.endsWith("\r")) {
        take(all.slice(0, -1));
        rest += "\r";
      } else take(all);
    },
    end() {
      take(rest);
      if (rest !== "") onLine(rest);
    },
  };
}
