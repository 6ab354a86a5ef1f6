const blockSize = 512;

/** A tar archive (ustar) of one program, executable by all; the same bytes for the same input, always. */
export function tarOf(name: string, content: Uint8Array): Buffer {
  const padding = Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize);
  return Buffer.concat([header(name, content.length), content, padding, Buffer.alloc(2 * blockSize)]);
}

/** The fields of POSIX.1-1988 `ustar`: owner root, mode 0755, time 0. */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(blockSize);
  block.write(name, 0);
  block.write("0000755\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0", 136);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  // The checksum counts itself as spaces.
  block.write("        ", 148);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
