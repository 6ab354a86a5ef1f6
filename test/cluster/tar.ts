const blockSize = 512;

/** A tar archive (ustar) of one program, executable by all, under all its names; the same bytes for the same input, always. */
export function tarOf([name, ...others]: readonly [string, ...string[]], content: Uint8Array): Buffer {
  const padding = Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize);
  const links = others.map((other) => header(other, 0, name));
  return Buffer.concat([header(name, content.length), content, padding, ...links, Buffer.alloc(2 * blockSize)]);
}

/** The fields of POSIX.1-1988 `ustar`: owner root, mode 0755, time 0. */
function header(name: string, size: number, linkedTo?: string): Buffer {
  const block = Buffer.alloc(blockSize);
  block.write(name, 0);
  block.write("0000755\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0", 136);
  block.write(linkedTo === undefined ? "0" : "1", 156);
  block.write(linkedTo ?? "", 157);
  block.write("ustar\x0000", 257);
  // The checksum counts itself as spaces.
  block.write("        ", 148);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
