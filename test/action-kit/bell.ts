/** The stub of the bell. */
import { start } from "@cutover/action-kit";
import { bell } from "./bell-action.ts";

await start(bell);
