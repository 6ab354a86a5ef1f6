import { isCutoverError } from "@cutover/release";
import * as z from "zod";
import type { Caller } from "./caller.ts";
import type { ReadOptions } from "./client.ts";
import type { AccessQuestion } from "./model.ts";

/** One rule of a `SelfSubjectRulesReview`. */
export interface AccessRule {
  verbs: readonly string[];
  apiGroups: readonly string[];
  resources: readonly string[];
  /** Empty means every name. */
  resourceNames: readonly string[];
}

const strings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const rulesSchema = z.object({
  status: z.object({
    resourceRules: z
      .array(z.object({ verbs: strings, apiGroups: strings, resources: strings, resourceNames: strings }))
      .nullish(),
  }),
});

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/**
 * Which questions are answered with no. One review of rules per namespace answers most; only what it does not allow is asked
 * one by one, as its list may be incomplete.
 */
export async function denied(
  caller: Caller,
  questions: readonly AccessQuestion[],
  { signal }: ReadOptions = {},
): Promise<readonly AccessQuestion[]> {
  const namespaces = [...new Set(questions.map((one) => one.namespace))].filter((namespace) => namespace !== "");
  const rules = new Map(
    await Promise.all(
      namespaces.map(async (namespace) => [namespace, await rulesIn(caller, namespace, signal)] as const),
    ),
  );
  const open = questions.filter((one) => !(rules.get(one.namespace) ?? []).some((rule) => allows(rule, one)));
  const answers = await Promise.all(open.map((one) => isAllowed(caller, one, signal)));
  return open.filter((_, index) => answers[index] !== true);
}

/** Whether a rule covers a question, as RBAC reads rules: `*`, `*` with a subresource, and names only where one is asked for. */
export function allows(rule: AccessRule, { verb, group, resource, name }: AccessQuestion): boolean {
  const [, subresource] = resource.split("/");
  const anyOf = subresource === undefined ? ["*", resource] : ["*", resource, `*/${subresource}`];
  return (
    (rule.verbs.includes("*") || rule.verbs.includes(verb)) &&
    (rule.apiGroups.includes("*") || rule.apiGroups.includes(group)) &&
    anyOf.some((one) => rule.resources.includes(one)) &&
    (rule.resourceNames.length === 0 || (name !== undefined && rule.resourceNames.includes(name)))
  );
}

async function rulesIn(
  caller: Caller,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<readonly AccessRule[]> {
  const json = await review(caller, { kind: "SelfSubjectRulesReview", spec: { namespace }, signal }).catch(
    (error: unknown) => {
      if (isCutoverError(error, "forbidden")) return undefined;
      throw error;
    },
  );
  const parsed = rulesSchema.safeParse(json);
  return parsed.success ? (parsed.data.status.resourceRules ?? []) : [];
}

async function isAllowed(
  caller: Caller,
  { verb, group, resource, namespace, name }: AccessQuestion,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [plural, subresource] = resource.split("/");
  const resourceAttributes = { verb, group, resource: plural, subresource, namespace, name };
  const json = await review(caller, { kind: "SelfSubjectAccessReview", spec: { resourceAttributes }, signal });
  const parsed = reviewSchema.safeParse(json);
  return parsed.success && parsed.data.status.allowed;
}

interface Review {
  kind: "SelfSubjectRulesReview" | "SelfSubjectAccessReview";
  spec: object;
  signal: AbortSignal | undefined;
}

async function review(caller: Caller, { kind, spec, signal }: Review): Promise<unknown> {
  const { json } = await caller.call({
    method: "POST",
    path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
    contentType: "application/json",
    body: JSON.stringify({ apiVersion: "authorization.k8s.io/v1", kind, metadata: {}, spec }),
    verb: "create",
    subject: `${kind} (what these credentials may do)`,
    repeatable: true,
    signal,
  });
  return json;
}
