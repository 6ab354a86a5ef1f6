import type { JsonObject } from "../json.ts";
import type { Kind, KindName } from "../kinds.ts";
import { ApiError } from "../status.ts";

export type Operation = "CREATE" | "UPDATE" | "DELETE";

/** A write on its way to the store. */
export interface Review {
  readonly operation: Operation;
  readonly kind: Kind;
  /** As it will be; for a deletion, as it was. */
  readonly object: JsonObject;
  /** What it replaces. */
  readonly old?: JsonObject | undefined;
}

/** What a webhook answers instead of letting a write pass. */
export interface Denial {
  /** Default 403. */
  readonly code?: number;
  /** Default `Forbidden` with 403, else none. */
  readonly reason?: string;
  readonly message?: string;
}

/**
 * A webhook of those who run the cluster. It sees writes to objects, none to subresources, of controllers as of clients.
 *
 * ```ts
 * sandbox.setAdmission([{ name: "images.example.com", kinds: ["Pod"], validate: () => "no such image here" }]);
 * ```
 */
export interface Webhook {
  /** Such as `policy.example.com`. */
  readonly name: string;
  /** Any if not given. */
  readonly kinds?: readonly KindName[];
  /** Any if not given. */
  readonly operations?: readonly Operation[];
  /** What the object becomes before it is validated. */
  readonly mutate?: (review: Review) => JsonObject;
  /** A text or a denial refuses; `undefined` admits. */
  readonly validate?: (review: Review) => string | Denial | undefined;
  /** It cannot be asked, and its `failurePolicy` is `Fail`. The answer comes at once; a delay is a fault's business. */
  readonly fails?: "timeout" | "refused";
}

/** @throws ApiError 500 where a webhook cannot be asked */
export function mutatedBy(webhooks: readonly Webhook[], review: Review): JsonObject {
  let { object } = review;
  for (const webhook of concerned(webhooks, review)) object = webhook.mutate?.({ ...review, object }) ?? object;
  return object;
}

/** @throws ApiError 403 or what the webhook asks for, 500 where one cannot be asked */
export function checkWith(webhooks: readonly Webhook[], review: Review): void {
  for (const webhook of concerned(webhooks, review)) {
    if (webhook.fails !== undefined) throw unreachable(webhook.name, webhook.fails);
    const verdict = webhook.validate?.(review);
    if (verdict !== undefined) throw denied(webhook.name, typeof verdict === "string" ? { message: verdict } : verdict);
  }
}

function concerned(webhooks: readonly Webhook[], { kind, operation }: Review): readonly Webhook[] {
  return webhooks.filter(
    ({ kinds, operations }) => (kinds?.includes(kind.name) ?? true) && (operations?.includes(operation) ?? true),
  );
}

/** As the server tells it (apiserver/pkg/admission/plugin/webhook/errors/statuserror.go). */
function denied(
  name: string,
  { code = 403, reason = code === 403 ? "Forbidden" : "", message = "" }: Denial,
): ApiError {
  const deniedBy = `admission webhook ${JSON.stringify(name)} denied the request`;
  const why = message || reason;
  // A refusal has a code of one, whatever the webhook says.
  const told = why === "" ? `${deniedBy} without explanation` : `${deniedBy}: ${why}`;
  return new ApiError({ code: Math.max(400, code), reason }, told);
}

function unreachable(name: string, how: "timeout" | "refused"): ApiError {
  const [service = ""] = name.split(".");
  const host = `${service}.webhooks.svc:443`;
  const why = how === "timeout" ? "context deadline exceeded" : `dial tcp 10.96.0.99:443: connect: connection refused`;
  const failed = `failed calling webhook ${JSON.stringify(name)}: failed to call webhook: Post "https://${host}/?timeout=10s": ${why}`;
  return new ApiError({ code: 500, reason: "InternalError" }, `Internal error occurred: ${failed}`, {
    causes: [{ message: failed }],
  });
}
