import * as z from "zod";

/** Everything that users can say to an action, and hear back from it. Names are camelCase; YAML has them in kebab-case. */
export interface Contract {
  /** The action's folder, and the name of its stub. */
  name: string;
  description: string;
  /** Fields from the input vocabulary, each described; rules between fields are a `.check()` on the object. */
  inputs: z.ZodObject;
  outputs: z.ZodObject;
  /** Outputs of a run that its inputs did not let begin, so that later steps can tell. */
  refused?: Readonly<Record<string, string>>;
  /** Whether the job's end runs the action's `post` too. */
  post?: boolean;
}

/** Whether a field carries `.meta({ secret: true })`, on itself or on what it wraps. */
export function isSecret(field: unknown): boolean {
  if (!(field instanceof z.ZodType)) return false;
  return field.meta()?.secret === true || isSecret(wrappedBy(field));
}

function wrappedBy(field: z.ZodType): unknown {
  if (field instanceof z.ZodOptional || field instanceof z.ZodPrefault || field instanceof z.ZodDefault)
    return field.unwrap();
  return field instanceof z.ZodPipe ? field.in : undefined;
}
