import * as z from "zod";
import { askMonitor, type Monitor } from "./monitor.ts";

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** NaN and infinities are values too. */
  readonly value: number;
}

/** What a query found at this moment. */
export interface Queried {
  /** None where nothing matches, which says nothing good. */
  readonly samples: readonly Sample[];
  /** Why it may not be all: what a server or store behind it did not tell. */
  readonly warnings: readonly string[];
}

const labels = z.record(z.string(), z.string());
const point = z.tuple([z.number(), z.string()]);

const answer = z.object({
  status: z.literal("success"),
  warnings: z.array(z.string()).nullish(),
  data: z.discriminatedUnion("resultType", [
    z.object({ resultType: z.literal("vector"), result: z.array(z.object({ metric: labels, value: point })) }),
    z.object({ resultType: z.literal("scalar"), result: point }),
  ]),
});

/** An instant query. @throws as `askMonitor` */
export async function queryPrometheus(monitor: Monitor, query: string): Promise<Queried> {
  const { data, warnings } = await askMonitor(monitor, {
    path: "api/v1/query",
    query: [["query", query]],
    schema: answer,
  });
  const samples =
    data.resultType === "scalar"
      ? [{ labels: {}, value: numberOf(data.result[1]) }]
      : data.result.map(({ metric, value }) => ({ labels: metric, value: numberOf(value[1]) }));
  return { samples, warnings: warnings ?? [] };
}

/** Prometheus writes `+Inf`. What is no number at all is none. */
function numberOf(text: string): number {
  const sign = /^([+-]?)Inf$/i.exec(text)?.[1];
  if (sign !== undefined) return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text.trim() === "" ? Number.NaN : Number(text);
}
