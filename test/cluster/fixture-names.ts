import * as images from "./images.ts";

/** The fixture's releases by names that tests can read: of an image, and back. */
export interface FixtureNames {
  /** `v2`, `v2 by tag`, or `missing`. */
  image: (name: string) => string;
  /** `v2` for either reference; an image of nobody's stays as it is. */
  name: (image: string) => string;
}

/** Publishes every release of the fixture. */
export async function publishFixture(): Promise<FixtureNames> {
  const references = await images.publishAll();
  const byDigest = new Map(Object.entries(references).map(([name, image]) => [image, name]));
  byDigest.set(images.missingImage(), "missing");
  const byName = new Map([...byDigest].map(([image, name]) => [name, image]));
  for (const [name, image] of Object.entries(references))
    byName.set(`${name} by tag`, image.replace(/@.*/, `:${name}`));
  return {
    image: (name) => {
      const image = byName.get(name);
      if (image === undefined) throw new Error(`The fixture has no release ${name}.`);
      return image;
    },
    name: (image) => byDigest.get(image) ?? /:([^:/@]+)$/.exec(image)?.[1] ?? image,
  };
}
