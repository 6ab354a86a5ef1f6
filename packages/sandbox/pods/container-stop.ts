import { isList, objectAt } from "../json.ts";
import type { Container } from "../workloads.ts";
import type { Application } from "./application.ts";
import type { ContainerHost } from "./container-host.ts";
import type { Timers } from "./timers.ts";

/** What the kubelet leaves a container after a preStop hook that took all the grace there was, in milliseconds. */
const leastGraceMs = 2_000;
const usualStopMs = 20;

/** A running container that is to end. */
export interface Stopping {
  readonly container: Container;
  readonly application: Application;
  readonly host: ContainerHost;
  readonly timers: Timers;
  readonly graceMs: number;
}

/** preStop, SIGTERM, and SIGKILL once grace is over; `then` hears whether it ended by itself. */
export function stopGracefully(stopping: Stopping, then: (isGraceful: boolean) => void): void {
  const { application, timers, graceMs } = stopping;
  const { stopMs = usualStopMs, graceMs: patienceMs = 0 } = application.behavior;
  const hookMs = preStopMs(stopping);
  let isOver = false;
  const end = (isGraceful: boolean): void => {
    if (isOver) return;
    isOver = true;
    then(isGraceful);
  };
  if (hookMs > 0) timers.after(Math.min(hookMs, graceMs), () => application.drain());
  else application.drain();
  const killMs = hookMs >= graceMs ? graceMs + leastGraceMs : graceMs;
  const calmMs = Math.min(hookMs, graceMs) + stopMs;
  if (calmMs > killMs) {
    timers.after(killMs, () => end(false));
    return;
  }
  timers.after(calmMs, () => {
    application.stopListening();
    if (patienceMs <= stopMs) return end(true);
    application.whenIdle(() => end(true));
    if (!isOver)
      timers.after(Math.min(patienceMs - stopMs, killMs - calmMs), () => end(calmMs + patienceMs - stopMs <= killMs));
  });
}

function preStopMs({ container, application, host }: Stopping): number {
  const { sleep, exec } = objectAt(container, "lifecycle", "preStop");
  const command = objectAt(exec).command;
  if (isList(command)) {
    const result = application.run(command.map(String));
    if (result !== undefined && result.exitCode === 0) return sleptMs(command.map(String));
    const message = "PreStopHook failed";
    host.record({ type: "Warning", reason: "FailedPreStopHook", message, container: container.name });
  }
  return Number(objectAt(sleep).seconds ?? 0) * 1_000;
}

/** `sleep 5`, also in a shell, is the one command that is known to take time. */
function sleptMs(command: readonly string[]): number {
  const [, seconds = "0"] = /(?:^|[\s/;&])sleep (\d+(?:\.\d+)?)/.exec(command.join(" ")) ?? [];
  return Number(seconds) * 1_000;
}
