import { run } from "./index.js";
await run("blue-green-deploy");
