// Compiles zemstvo.scss and desk.scss into ../static/components/*.css; `--check` only compares. What was compiled
// from what stands, as digests, in compiled.json: a test of the components reads it without Node.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { compile } from "sass";

// Variants of GOV.UK Frontend that no template of ours draws.
const UNUSED =
  /--inverse|--xl\b|__divider|__conditional|start-icon|button--start|frontend-supported|summary-card|-ms-high|moz-|--collapse|--no-border|--no-actions|:-moz|__column|--muted|small-text|collapse-on|caption--|date-input__error/;

/** The rules of a flat style sheet without the selectors that nothing uses. */
function trimmed(css) {
  return css
    .replace(/([^{}@;]+)\{([^{}]*)\}/g, (rule, selectors, body) => {
      const kept = selectors.split(/,(?![^(]*\))/).filter((selector) => !UNUSED.test(selector));
      return kept.length && body ? `${kept.join(",")}{${body}}` : "";
    })
    .replace(/@[^{};]+\{\}/g, "");
}

/** The compiled style sheet under our own names, without what system fonts and modern browsers do not need. */
function ours(css) {
  const renamed = css
    .replace(/^\uFEFF?(@charset "UTF-8";)?/, "")
    .replace(/var\((--govuk-[a-z-]+), ?#[0-9a-f]{3,6}\)/g, "var($1)") // the properties stand in :root
    .replace(/--govuk-(frontend-version|breakpoint-[a-z]+): ?[^;}]*;?/g, "")
    .replace(/font-family:inherit;?/g, "")
    .replace(/-(webkit|moz-osx)-(font-smoothing|text-decoration-skip(-ink)?):[a-z]+;?/g, "")
    .replace(/@supports not \([^)]*\)\{[^{}]*\{[^{}]*\}\}/g, "")
    .replace(/@media[^{}]*-ms-high-contrast[^{}]*\{([^{}]*\{[^{}]*\})*\}/g, (rule) =>
      rule.startsWith("@media screen and (-ms") ? "" : rule.replace(/,\(-ms-high-contrast: ?active\)/, ""),
    )
    .replace(/(--[a-z-]+): /g, "$1:")
    .replaceAll("govuk-", "z-");
  return trimmed(trimmed(renamed));
}

/** SHA-256 of the text of some files, one after the other. */
function digest(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest("hex");
}

const check = process.argv.includes("--check");
let stale = false;

for (const name of ["zemstvo", "desk"]) {
  const { css } = compile(`${name}.scss`, { style: "compressed", loadPaths: ["node_modules"], quietDeps: true });
  const compiled = ours(css);
  const path = `../static/components/${name}.css`;
  if (check) {
    stale ||= readFileSync(path, "utf8") !== compiled;
  } else {
    writeFileSync(path, compiled);
  }
  console.log(`${name}.css ${compiled.length} bytes, ${brotliCompressSync(compiled).length} with brotli`);
}
if (!check) {
  const sources = readdirSync(".").filter((name) => name.endsWith(".scss")).sort();
  const compiled = {
    sources: digest([...sources, "build.mjs", "package-lock.json"]),
    zemstvo: digest(["../static/components/zemstvo.css"]),
    desk: digest(["../static/components/desk.css"]),
  };
  writeFileSync("compiled.json", `${JSON.stringify(compiled, null, 2)}\n`);
}
if (stale) {
  console.error("the compiled styles are older than their source: npm run build");
  process.exit(1);
}
