import { type Check, pass, skip, together } from "../check.ts";
import { askedInPod } from "../in-pod.ts";
import { tcpQuestion } from "../pod-questions.ts";
import { asked, nameOf } from "../server-asked.ts";

const nothing = "No `tcp` is given";

/** What speaks a protocol of its own takes connections: a broker, a mail server. */
export const tcp: Check = {
  id: "tcp",
  title: "What it depends on takes connections",
  run: async (world) => {
    const { tcp: given } = world.inputs;
    if (given === undefined) return skip(nothing);
    const talk = async (connect: () => Promise<unknown>) => void (await connect());
    const found = given.map((server) =>
      server.via === undefined
        ? asked(server, world, { talk, judge: (_, took) => pass(`${nameOf(server)} takes connections, in ${took}`) })
        : askedInPod(tcpQuestion(server, server.via), world),
    );
    return together(await Promise.all(found), nothing);
  },
};
