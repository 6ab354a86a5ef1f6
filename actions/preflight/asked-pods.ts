import type { Refuse } from "../release/rules.ts";
import type { Inputs } from "./check.ts";
import { endpointQuestion, type PodQuestion, postgresQuestion, redisQuestion, tcpQuestion } from "./pod-questions.ts";

/** Whether a check runs. */
export function isChosen(id: string, { checks, skip = [] }: Pick<Inputs, "checks" | "skip">): boolean {
  return (checks?.includes(id) ?? true) && !skip.includes(id);
}

type Asked = Pick<Inputs, "checks" | "skip" | "endpoints" | "tcp" | "postgres" | "redis">;

/** All that pods are asked, by the input that asks it. */
export function podQuestions(inputs: Asked): readonly (PodQuestion & { readonly input: string })[] {
  const { endpoints = [], tcp = [], postgres = [], redis = [] } = inputs;
  const asked = {
    endpoints: endpoints.flatMap((one) => (one.via === undefined ? [] : [endpointQuestion(one, one.via)])),
    tcp: tcp.flatMap((one) => (one.via === undefined ? [] : [tcpQuestion(one, one.via)])),
    postgres: postgres.flatMap((one) => ("variable" in one ? [postgresQuestion(one)] : [])),
    redis: redis.flatMap((one) => ("variable" in one ? [redisQuestion(one)] : [])),
  };
  return Object.entries(asked)
    .filter(([id]) => isChosen(id, inputs))
    .flatMap(([input, questions]) => questions.map((one) => ({ ...one, input })));
}

type Probing = Asked & Pick<Inputs, "probeImage" | "endpointsAuthorization">;

/** Nothing is made in the cluster that nobody has allowed, and no key goes there. */
export function refuseProbes(inputs: Probing, refuse: Refuse): void {
  const byJob = podQuestions(inputs).find(({ via }) => via === "job");
  if (byJob !== undefined && inputs.probeImage === undefined)
    refuse(
      "probeImage",
      `expected an image, which allows the short Job that \`${byJob.input}\` asks for by \`via=job\``,
    );
  const keyed = inputs.endpoints?.find(
    ({ url, via }) => via !== undefined && inputs.endpointsAuthorization?.[new URL(url).host] !== undefined,
  );
  if (keyed !== undefined)
    refuse(
      "endpointsAuthorization",
      `the key for ${keyed.url} would stand in the log of the API server by \`via=${keyed.via}\`; ask from the runner`,
    );
}
