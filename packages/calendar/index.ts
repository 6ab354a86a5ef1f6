export { type Calendar, freezesOf } from "./freezes-of.ts";
