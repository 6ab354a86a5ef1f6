/** An action for tests: `deed` says what it does. */
import { defineAction, duration, keyValues, oneOf, type Runner, text } from "@cutover/action-kit";
import { CutoverError } from "@cutover/release";
import * as z from "zod";

const outputs = z.object({
  outcome: text().optional(),
  ringCount: z.int().optional(),
  details: z.record(z.string(), z.string()).optional(),
});

type Bell = Runner<typeof outputs>;
const forever = new Promise<never>(() => undefined);
const untilCancelled = (runner: Bell) => runner.clock.sleep(60_000, runner.signal);

const deeds = {
  async ring(runner: Bell) {
    runner.log.info("ding");
  },
  async "say everything"({ log }: Bell) {
    log.info("pod said\r::error::forged ##[error]forged");
    log.untrusted("line\r::add-mask::blue\n::stop-commands::x\n::set-output name=outcome::forged ##[error]forged");
    await log.group("outer ##[error]forged\n::error::forged", async () => {
      log.info("in outer");
      await log.group("inner", async () => log.info("in inner"));
      log.info("in outer again");
    });
    for (let count = 1; count <= 5; count += 1) log.warning(`warning ${count}\n::error::forged`);
    log.debug("only for debugging");
  },
  async "show identity"({ log, identity, workspace, temp, isPost, env }: Bell) {
    const seen = { identity, workspace, temp, isPost, cwd: process.cwd(), token: env.INPUT_TOKEN ?? "gone" };
    log.info(`seen ${JSON.stringify(seen)}`);
  },
  async "show a secret"({ log, maskSecret }: Bell) {
    maskSecret("derived value");
    log.info("t0ken-value, derived value, bm90aGluZw");
    log.info(Buffer.from("t0ken-value").toString("base64url"));
  },
  async "run a child"({ log, processes }: Bell) {
    const script = "console.log(JSON.stringify(process.env))";
    const { stdout } = await processes.run({ file: process.execPath, args: ["-e", script] });
    log.info(stdout);
  },
  async "write much"(runner: Bell) {
    runner.addSummary(`# Bell\n\n\`\`\`\n${"x".repeat(99)}\n`.padEnd(400_000, `${"y".repeat(99)}\n`));
    runner.addSummary("too late\n");
    throw new CutoverError("refused", "long message ".repeat(1_000));
  },
  async "wait for cancel"(runner: Bell) {
    runner.setOutputs({ outcome: "begun" });
    runner.saveState({ holder: "me" });
    runner.log.info("waiting");
    await untilCancelled(runner);
    runner.log.info(`woken by ${String(runner.signal.reason)}`);
    runner.setOutputs({ outcome: "cancelled" });
    throw runner.signal.reason;
  },
  async "ignore cancel"(runner: Bell) {
    runner.setOutputs({ ringCount: 1 });
    runner.log.info("waiting");
    await runner.clock.sleep(60_000);
  },
  async "throw ours"() {
    const cause = new Error("socket ended\n::error::forged", { cause: new Error("by peer") });
    throw new CutoverError("unreachable", "No connection to the API server", { hint: "See to the VPN.", cause });
  },
  async "throw a bug"() {
    throw new TypeError("x is not a function\n::error::forged", { cause: "a text" });
  },
  async "throw a text"() {
    throw "just a text";
  },
  async "throw nothing"() {
    throw undefined;
  },
  async "reject behind"(runner: Bell) {
    void Promise.reject(new Error("nobody awaits this"));
    await untilCancelled(runner);
    runner.setOutputs({ outcome: "wound up" });
  },
  async "throw behind"() {
    setTimeout(() => {
      throw new Error("thrown in a timer");
    }, 1);
    await forever;
  },
  async hang() {
    await forever;
  },
  async "leave a timer"() {
    setTimeout(() => undefined, 600_000);
  },
  async "lose the log"({ log }: Bell) {
    for (let count = 0; count < 10_000; count += 1) log.info("nobody reads this line, and there are many of its kind");
  },
};

const contract = {
  name: "bell",
  description: "Rings a bell.",
  post: true,
  inputs: z.object({
    deed: oneOf(Object.keys(deeds) as [keyof typeof deeds, ...(keyof typeof deeds)[]]),
    timeout: duration().prefault("5m"),
    token: text().optional().meta({ secret: true }),
    headers: keyValues().optional().meta({ secret: true }),
    verdict: oneOf(["good", "bad"]).prefault("good"),
    post: oneOf(["clean", "fail", "hang", "throw behind"]).prefault("clean"),
  }),
  outputs,
};

export const bell = defineAction(
  contract,
  async (inputs, runner) => {
    await deeds[inputs.deed](runner);
    if (inputs.deed === "ring") runner.saveState({ holder: "me", note: "two\nlines" });
    const facts = { outcome: "rung", ringCount: inputs.timeout, details: { tone: "a" } };
    if (inputs.verdict === "good") return { outputs: facts };
    return { outputs: facts, failure: { message: "The bell is cracked", hint: "Cast a new one." } };
  },
  {
    async post(inputs, { log, state, isPost, setOutputs }) {
      log.info(`post ${JSON.stringify({ state, isPost })}`);
      setOutputs({ outcome: "from post" });
      if (inputs.post === "fail") throw new Error("the rope broke");
      if (inputs.post === "hang") await forever;
      if (inputs.post === "throw behind") setTimeout(() => log.group("x", () => Promise.reject("behind")), 1);
      if (inputs.post === "throw behind") await forever;
    },
  },
);
