import type { JsonObject } from "../json.ts";
import { type Kind, kindNamed } from "../kinds.ts";
import { ApiError, forbidden, notFound } from "../status.ts";
import type { Store } from "../store.ts";
import { checkLimits, withLimitDefaults } from "./limits.ts";
import { checkQuotas } from "./quota.ts";
import { checkWith, mutatedBy, type Review, type Webhook } from "./webhooks.ts";

/** What stands between a valid write and the store: limits and quotas of the namespace, and webhooks. */
export class Admission {
  webhooks: readonly Webhook[] = [];
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Changes an object before it is validated.
   * @throws ApiError 500 where a webhook cannot be asked
   */
  mutated(review: Review): JsonObject {
    const isNewPod = review.kind.name === "Pod" && review.operation === "CREATE";
    const object = isNewPod ? withLimitDefaults(this.#store, review.object) : review.object;
    return mutatedBy(this.webhooks, { ...review, object });
  }

  /** @throws ApiError 403, or what a webhook answers */
  check(review: Review): void {
    const { operation, kind, object } = review;
    if (operation === "CREATE" && kind.name === "Pod") checkLimits(this.#store, kind, object);
    checkWith(this.webhooks, review);
    if (operation === "CREATE") checkQuotas(this.#store, kind, object);
  }

  /** @throws ApiError 404 without the namespace, 403 while it is being deleted */
  requireNamespace(kind: Kind, namespace: string | undefined, name: string): void {
    if (namespace === undefined) return;
    const found = this.#store.get("Namespace", undefined, namespace);
    if (found === undefined) throw notFound(kindNamed("Namespace"), namespace);
    if (found.metadata.deletionTimestamp === undefined) return;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const { message, details } = forbidden(kind, name, why);
    const told = `namespace ${namespace} is being terminated`;
    const causes = [{ reason: "NamespaceTerminating", message: told, field: "metadata.namespace" }];
    throw new ApiError({ code: 403, reason: "Forbidden" }, message, { ...details, causes });
  }
}
