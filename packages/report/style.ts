/** The whole style of the page. Colors of slots are those of their names; outcomes have others, and a sign each. */
export const style = `
:root {
  --paper: #f6f7f9; --card: #ffffff; --ink: #16202e; --quiet: #5b6776; --line: #dfe4ea; --code: #f0f2f5;
  --blue: #2f6fe4; --green: #1f9d57; --on-slot: #ffffff;
  --good: #0f766e; --bad: #c2262e; --warn: #b45309; --calm: #475569; --other: #7c3aed; --bar: #7d8ba0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d131b; --card: #151d28; --ink: #e7ecf3; --quiet: #9aa7b8; --line: #28323f; --code: #1d2733;
    --blue: #5b93f5; --green: #3fbf78; --on-slot: #0b1118;
    --good: #2dd4bf; --bad: #ff6b6b; --warn: #f5a524; --calm: #94a3b8; --other: #b794f6; --bar: #6b7a90;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { font-size: 27px; line-height: 1.2; margin: 2px 0 6px; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 13px; text-transform: uppercase; letter-spacing: 0.08em; color: var(--quiet); margin: 0 0 14px; font-weight: 650; }
h3 { font-size: 17px; margin: 0; display: flex; align-items: center; gap: 9px; }
p { margin: 0 0 6px; overflow-wrap: anywhere; }
a { color: inherit; text-underline-offset: 3px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
code { overflow-wrap: anywhere; }
section, .banner { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; margin: 0 0 18px; }
.banner { --tone: var(--calm); display: flex; gap: 22px; border-top: 6px solid var(--tone); }
.banner > div { min-width: 0; flex: 1; }
.succeeded { --tone: var(--good); } .failed { --tone: var(--bad); } .rolled-back { --tone: var(--warn); }
.timed-out { --tone: var(--bad); } .refused { --tone: var(--calm); } .superseded { --tone: var(--other); }
.sign { width: 60px; height: 60px; flex: none; margin-top: 4px; }
.sign circle { fill: var(--tone); fill-opacity: 0.14; stroke: var(--tone); stroke-width: 2.5; }
.sign path { fill: none; stroke: var(--tone); stroke-width: 3.6; stroke-linecap: round; stroke-linejoin: round; }
.outcome { color: var(--tone); font-weight: 700; text-transform: uppercase; letter-spacing: 0.08em; font-size: 13px; margin: 0; }
.lead { font-size: 17px; color: var(--quiet); }
.reason { white-space: pre-line; margin-top: 10px; }
.hint { margin-top: 10px; } .hint code { background: var(--code); border-radius: 4px; padding: 1px 5px; }
.facts { display: flex; flex-wrap: wrap; gap: 10px 34px; margin: 18px 0 0; padding-top: 16px; border-top: 1px solid var(--line); }
.facts dt { font-size: 12px; color: var(--quiet); } .facts dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
details > summary { cursor: pointer; font-weight: 650; padding: 10px 4px; overflow-wrap: anywhere; }
.diagnosis { border-left: 6px solid var(--bad); }
.cause { font-weight: 650; font-size: 17px; }
.diagnosis ul { margin: 8px 0; padding-left: 20px; } .diagnosis li { overflow-wrap: anywhere; margin-bottom: 4px; }
details { margin-top: 14px; } summary { cursor: pointer; color: var(--quiet); }
pre { background: var(--code); border-radius: 8px; padding: 12px 14px; margin: 8px 0 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
.slots { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 16px; }
.slot { --slot: var(--blue); border: 1px solid var(--line); border-radius: 11px; padding: 16px 18px; }
.slot.green { --slot: var(--green); }
.slot.active { border: 2px solid var(--slot); padding: 15px 17px; }
.dot { width: 13px; height: 13px; border-radius: 50%; background: var(--slot); }
.chip { margin-left: auto; font-size: 12px; font-weight: 600; padding: 2px 11px; border-radius: 99px; border: 1px solid var(--line); color: var(--quiet); }
.slot.active .chip { background: var(--slot); border-color: var(--slot); color: var(--on-slot); }
.revision { font-size: 22px; font-weight: 650; margin: 8px 0 0; letter-spacing: -0.01em; }
.pods { display: flex; flex-wrap: wrap; gap: 5px; margin: 10px 0 0; }
.pods i { width: 18px; height: 18px; border-radius: 5px; border: 2px solid var(--slot); }
.pods .ready { background: var(--slot); } .pods .unready { border-style: dashed; opacity: 0.75; }
figure { margin: -14px 0 0; overflow-x: auto; }
.timeline { width: 100%; min-width: 640px; display: block; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
.timeline text { fill: var(--ink); } .timeline .tick, .timeline .time, .timeline .note { fill: var(--quiet); font-size: 12px; }
.timeline .band { fill: var(--on-slot); font-weight: 650; }
.timeline .grid { stroke: var(--line); } .timeline .switch { stroke: var(--ink); stroke-dasharray: 3 4; opacity: 0.65; }
.timeline rect.blue { fill: var(--blue); } .timeline rect.green { fill: var(--green); } .timeline rect.nobody { fill: var(--bar); fill-opacity: 0.4; }
.step rect { fill: var(--bar); } .step.failed rect { fill: var(--bad); } .timeline .step.failed text { fill: var(--bad); font-weight: 650; }
table { width: 100%; border-collapse: collapse; } th { text-align: left; font-size: 12px; color: var(--quiet); font-weight: 550; }
td, th { padding: 8px 14px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; } tbody tr:last-child td { border-bottom: 0; }
td { overflow-wrap: anywhere; } .current td:first-child { font-weight: 700; } .current td:first-child::after { content: " ←"; color: var(--quiet); }
.result { font-size: 13px; font-weight: 600; color: var(--quiet); } .result.confirmed { color: var(--good); } .result.failed { color: var(--bad); }
footer { color: var(--quiet); font-size: 13px; text-align: center; padding-top: 6px; }
@media (max-width: 560px) { .banner { display: block; } .sign { width: 44px; height: 44px; } main { padding: 14px 10px 30px; } section, .banner { padding: 16px; } }
@media print {
  :root { --paper: #ffffff; --card: #ffffff; --ink: #000000; --quiet: #444444; --line: #cccccc; --code: #f4f4f4; --blue: #2f6fe4; --green: #1f9d57; --on-slot: #ffffff; --good: #0f766e; --bad: #b3121b; --warn: #9a4a07; --calm: #475569; --other: #6d28d9; --bar: #7d8ba0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; } section, .banner { break-inside: avoid; border-radius: 0; } body { font-size: 12px; }
}
`;
