import type { Scope } from "../expression/evaluate.ts";
import type { Place, WorkflowEvent, WorkflowOrder } from "../model.ts";
import type { WorkflowSource } from "../source/model.ts";
import type { Inputs } from "../source/trigger.ts";

/** One run of an order, as all its jobs share it. */
export interface Run {
  readonly order: WorkflowOrder;
  /** The `github` context without what only a job or a step knows. */
  readonly github: Readonly<Record<string, unknown>>;
  readonly vars: Readonly<Record<string, string>>;
  /** Holds the folders of the jobs, and goes with the run. */
  readonly folder: string;
  emit(event: WorkflowEvent): void;
}

/** A workflow as it runs: the order's own, or one that a job calls. */
export interface Call {
  readonly run: Run;
  readonly source: WorkflowSource;
  readonly inputs: Inputs;
  readonly secrets: Readonly<Record<string, string>>;
  /** Cancels it. */
  readonly signal: AbortSignal;
  /** Of the job that calls it; empty for the order's own. */
  readonly caller: Place | undefined;
  /** Concurrency groups that its callers are in. */
  readonly held: ReadonlySet<string>;
}

/** What every expression of a workflow may ask, whatever its job. */
export function scopeOf({ run, source, inputs, secrets }: Call): Scope {
  return { file: source.file, contexts: { github: run.github, vars: run.vars, inputs, secrets } };
}

/** A scope that knows more. */
export function extended(scope: Scope, contexts: Scope["contexts"], functions: Scope["functions"] = {}): Scope {
  return { ...scope, contexts: { ...scope.contexts, ...contexts }, functions: { ...scope.functions, ...functions } };
}
