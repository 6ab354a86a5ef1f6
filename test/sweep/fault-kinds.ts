import {
  answer,
  cut,
  hang,
  type LoggedRequest,
  late,
  spoil,
  stale,
  trickle,
  twice,
  type What,
  watchCloses,
  watchErrs,
  watchGathers,
  watchGoesBack,
  watchRepeats,
  watchStalls,
  watchWithoutBookmarks,
  webhookDenial,
  webhookTimeout,
} from "@cutover/sandbox";
import { drifts, labelling } from "./drift.ts";
import { adding, taking } from "./webhooks.ts";

/** A fault that may strike a request. */
export interface FaultKind {
  readonly what: What;
  /** Whether it means something to a request, after those that came earlier. */
  fits(request: LoggedRequest, earlier: readonly LoggedRequest[]): boolean;
  /**
   * What it may lead to. `nothing`: the deed ends as if it had not been. `failure`: it may fail, with traffic where it was good,
   * and another try ends as if it had not been. `doubt`: the same, but nothing that is good is left. `drift`: as `failure`, and somebody else's deed may cost a few answers.
   */
  readonly leadsTo: "nothing" | "failure" | "doubt" | "drift";
}

const any = (): boolean => true;
const write = ({ isWrite }: LoggedRequest): boolean => isWrite;
const read = ({ isWrite }: LoggedRequest): boolean => !isWrite;
const watch = ({ verb }: LoggedRequest): boolean => verb === "watch";

/** Of an API that has not answered yet, nobody knows whether it is served. */
function isFirstOfItsApi({ path }: LoggedRequest, earlier: readonly LoggedRequest[]): boolean {
  return !earlier.some((one) => apiOf(one.path) === apiOf(path));
}

/** `/api/v1` or `/apis/<group>/<version>`. */
function apiOf(path: string): string {
  return path.split("/", path.startsWith("/api/") ? 3 : 4).join("/");
}

/** The day that a load balancer names, 20 s from now. */
const retryAfterDate: What = {
  name: "answer 429 Retry-After a date",
  act: (delivery) => {
    const date = new Date(+delivery.registry.clock.date() + 20_000);
    return answer(429, { retryAfter: date.toUTCString() }).act(delivery);
  },
};

function kinds(leadsTo: FaultKind["leadsTo"], fits: FaultKind["fits"], whats: readonly What[]): readonly FaultKind[] {
  return whats.map((what) => ({ what, fits, leadsTo }));
}

/** Every fault that a single request can meet. */
export const faultKinds: readonly FaultKind[] = [
  ...kinds("nothing", any, [
    answer(429),
    answer(429, { retryAfter: 7 }),
    retryAfterDate,
    answer(500),
    answer(502, { isHtml: true }),
    answer(503, { retryAfter: 2 }),
    answer(504, { afterCommit: true }),
    cut("unread"),
    cut("before-commit"),
    hang("before-commit"),
    spoil("cut"),
    spoil("short"),
    spoil("half"),
    spoil("gzip"),
    spoil("stall"),
    trickle("headers", 1_000),
    labelling,
  ]),
  ...kinds("nothing", write, [
    cut("after-commit"),
    hang("after-commit"),
    answer(409),
    late(5_000),
    late(30_000),
    late(30_000, "hang"),
    late(90_000, { code: 504 }),
    twice(),
    ...adding,
  ]),
  ...kinds("nothing", read, [trickle("body", 1_000)]),
  ...kinds("nothing", watch, [
    watchCloses(0),
    watchErrs(0),
    watchErrs(1, 500),
    watchGoesBack(),
    watchRepeats(),
    watchGathers(3),
    watchStalls(1),
    watchWithoutBookmarks(),
    answer(410),
  ]),
  ...kinds("failure", write, [
    answer(422),
    webhookDenial("policy.example.com", "no", 400),
    webhookDenial("policy.example.com", "no", 403),
    webhookTimeout("policy.example.com"),
    ...taking,
  ]),
  // What is not there in an older state is known to be older by nobody who has not seen it yet.
  ...kinds("doubt", read, [stale({ changes: 1 }), stale({ changes: 3 })]),
  // The first answer of an API may be that it is not served.
  ...kinds("failure", isFirstOfItsApi, [answer(404)]),
  ...kinds("nothing", (...how) => !isFirstOfItsApi(...how), [answer(404)]),
  ...kinds("failure", any, [answer(401), answer(403)]),
  ...kinds("drift", any, drifts),
];
