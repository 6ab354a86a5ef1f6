import type { Token } from "./tokens.ts";

/** A workflow file with everything that it calls; what holds expressions stays a token until it is its turn. */
export interface WorkflowSource {
  /** From the repository's folder. */
  readonly file: string;
  readonly name: string;
  readonly root: Token;
  readonly jobs: readonly JobSource[];
}

export interface JobSource {
  readonly key: string;
  readonly file: string;
  readonly token: Token;
  readonly needs: readonly string[];
  /** With `success()` where it asks for no status. */
  readonly condition: string;
  readonly steps: readonly StepSource[];
  /** The workflow that it calls instead of having steps. */
  readonly calls: WorkflowSource | undefined;
}

export interface StepSource {
  readonly file: string;
  readonly token: Token;
  readonly id: string | undefined;
  readonly condition: string;
  readonly does: { readonly kind: "run" } | { readonly kind: "checkout" } | ActionSource;
}

/** An action of ours or of the repository, as its action.yml says. */
export type ActionSource = ScriptAction | CompositeAction;

interface ActionFile {
  readonly file: string;
  readonly folder: string;
  /** As the step names it. */
  readonly uses: string;
  /** Mapping of its inputs. */
  readonly inputs: Token | undefined;
}

export interface ScriptAction extends ActionFile {
  readonly kind: "script";
  /** Name of one of ours, whose stub the order knows; otherwise `main` is the script. */
  readonly ours: string | undefined;
  readonly main: string;
  readonly post: string | undefined;
  readonly postCondition: string;
}

export interface CompositeAction extends ActionFile {
  readonly kind: "composite";
  readonly steps: readonly StepSource[];
  readonly outputs: Token | undefined;
}
