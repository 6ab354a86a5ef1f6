import * as z from "zod";

/** What is in each file of a bundle: sources as `actions/rollback/action.js` and packages as `npm:undici`, sorted. */
export type Contents = Readonly<Record<string, readonly string[]>>;

const module_ = z.object({
  name: z.string().optional(),
  orphan: z.boolean().optional(),
  chunks: z.array(z.union([z.string(), z.number()])).optional(),
  get modules() {
    return z.array(module_).optional();
  },
});

const statsSchema = z.object({
  modules: z.array(module_),
  chunks: z.array(z.object({ id: z.union([z.string(), z.number()]), files: z.array(z.string()) })),
});

/** Reads the statistics of ncc's bundler. Modules that no chunk took are left out. */
export function readContents(stats: unknown): Contents {
  const { modules, chunks } = statsSchema.parse(stats);
  const contents: Record<string, string[]> = {};
  for (const chunk of chunks) {
    const held = modules.filter((module) => module.orphan !== true && module.chunks?.includes(chunk.id));
    const sources = new Set(held.flatMap(sourcesOf));
    for (const file of chunk.files) contents[file] = [...sources].toSorted();
  }
  return contents;
}

function sourcesOf(module: z.infer<typeof module_>): string[] {
  return module.modules?.flatMap(sourcesOf) ?? sourceOf(module.name ?? "");
}

/** Node's own modules (`external "fs"`) and the bundler's runtime are nobody's source. */
function sourceOf(name: string): string[] {
  const dependency = name.match(/node_modules\/((?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+)/)?.[1];
  if (dependency !== undefined) return [`npm:${dependency}`];
  return name.startsWith("./") ? [name.slice(2)] : [];
}
