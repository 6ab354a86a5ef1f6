/** How a job or a step ended, in GitHub's words. */
export type Conclusion = "success" | "failure" | "cancelled" | "skipped";

/** What triggers a run: the event's name, the ref it is for, and what the event carries. */
export interface Trigger {
  readonly name: "push" | "workflow_dispatch" | "workflow_call" | "schedule" | "repository_dispatch" | "release";
  /** `refs/tags/v1.2.3`, `refs/heads/main`. */
  readonly ref: string;
  /** Of a manual run; what is not declared in the workflow, or missing and required, is refused. */
  readonly inputs?: Readonly<Record<string, string | boolean | number>>;
  /** Added to `github.event`. */
  readonly payload?: object;
}

/** One run of a workflow file. */
export interface WorkflowOrder {
  /** The repository's folder; each job works in a copy of it, which is what actions/checkout gives. */
  readonly repository: string;
  /** Path in the repository, such as `.github/workflows/release.yml`. */
  readonly file: string;
  readonly trigger: Trigger;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** Where `cutover-actions/cutover@…` is: a folder with `actions/<name>/action.yml`, and its stubs. */
  readonly cutover: { readonly folder: string; stubOf(action: string): Promise<string> };
  /** Carries a JavaScript action out; a process of Node by default. */
  readonly startAction?: StartAction;
  /** Address of GitHub's REST API; the real one's by default. */
  readonly apiUrl?: string;
  /** Whether a job may enter an environment that asks for an approval; yes by default. */
  readonly approve?: (environment: string, job: string) => boolean | Promise<boolean>;
  /** Variables of this machine that every step gets, such as PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** Hears of everything as it happens. */
  readonly onEvent?: (event: WorkflowEvent) => void;
  /** Cancels the run, as its button does. */
  readonly signal?: AbortSignal;
}

/** Carries out main or post of an action: what the runner does when it starts the stub. */
export type StartAction = (start: {
  readonly stub: string;
  readonly action: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Aborts when the step is cancelled. */
  readonly signal: AbortSignal;
  /** Gets every line of stdout and stderr, as it comes. */
  onLine(line: string): void;
}) => Promise<{ exitCode: number | undefined }>;

/** Where in a run something happens; a leg of a matrix is a job of its own. */
export interface Place {
  /** Key of the job in the file; a leg adds its values: `deploy (web, blue)`. */
  readonly job: string;
  /** What people read: `name:` with its expressions resolved. */
  readonly jobName: string;
}

export interface StepPlace extends Place {
  /** Place in the job, from 1; posts come after all others. */
  readonly number: number;
  readonly id: string | undefined;
  readonly stepName: string;
}

/** In the order in which it happens. Lines are as a user reads them: secrets hidden, commands carried out. */
export type WorkflowEvent =
  | ({ readonly type: "job-waiting"; readonly for: "needs" | "approval" | "concurrency" } & Place)
  | ({ readonly type: "job-started" } & Place)
  | ({ readonly type: "step-started" } & StepPlace)
  | ({ readonly type: "line"; readonly line: string } & StepPlace)
  | ({ readonly type: "step-ended"; readonly result: StepReport } & StepPlace)
  | ({ readonly type: "job-ended"; readonly result: JobReport } & Place);

export interface Annotation {
  readonly level: "error" | "warning" | "notice" | "debug";
  readonly message: string;
}

export interface StepReport {
  readonly name: string;
  readonly id: string | undefined;
  /** Before and after `continue-on-error`. */
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** As a user reads it. */
  readonly log: string;
  readonly durationMs: number;
}

export interface JobReport {
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepReport[];
  readonly environment: string | undefined;
}

export interface WorkflowReport {
  readonly conclusion: Conclusion;
  /** By key, a leg of a matrix by its own. */
  readonly jobs: Readonly<Record<string, JobReport>>;
  /** Of a reusable workflow that is run by itself. */
  readonly outputs: Readonly<Record<string, string>>;
}
