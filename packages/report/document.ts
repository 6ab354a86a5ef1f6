import { type Html, html, raw } from "./html.ts";
import { style } from "./style.ts";
import { dateAndTime } from "./words.ts";

/**
 * One HTML page without scripts or anything from elsewhere; light, dark and on paper.
 * @param at epoch milliseconds at which what it tells was over
 */
export function page(title: string, body: Html, at: number): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
${body}
<footer>cutover, ${dateAndTime(at)}</footer>
</main>
</body>
</html>
`.markup;
}

/** A part of a page under its title; nothing where there is no body. */
export function section(title: string, body: Html | undefined): Html | undefined {
  return body && html`<section><h2>${title}</h2>${body}</section>`;
}
