// Reads exported Web Annotations beside their texts in UTF-16, as a browser does, and checks every selector.
// usage: node annotations.mjs FOLDER   (NAME.jsonld, NAME.txt, and NAME.page with the page's bytes)
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const problems = [];
let quotes = 0, places = 0;

function units(text) {
  // Place in UTF-16 of each code point, and of the end.
  const at = [];
  let place = 0;
  for (const point of text) { at.push(place); place += point.length; }
  at.push(place);
  return at;
}

function check(ok, id, what) { if (!ok) problems.push(`${id}: ${what}`); }

function checkText(id, selectors, text, at) {
  const quote = selectors.find((s) => s.type === "TextQuoteSelector");
  const position = selectors.find((s) => s.type === "TextPositionSelector");
  const [start, end] = [at[position.start], at[position.end]];
  quotes += 1;
  check(text.slice(start, end) === quote.exact, id, "position and quotation disagree");
  check(text.slice(0, start).endsWith(quote.prefix), id, "prefix is not before it");
  check(text.slice(end).startsWith(quote.suffix), id, "suffix is not after it");
  check(text.includes(quote.prefix + quote.exact + quote.suffix), id, "quotation is not found");
  return quote.exact;
}

function checkBytes(id, selector, exact, page, isText) {
  const found = page.subarray(selector.start, selector.end).toString("utf8");
  places += 1;
  check(selector.start < selector.end && selector.end <= page.length, id, "bytes outside the page");
  if (isText) check(found === exact, id, "bytes are not the quotation");
  const first = [...exact][0], last = [...exact].at(-1);
  check(found.startsWith(first) || found.startsWith("&"), id, "bytes begin elsewhere");
  check(found.endsWith(last) || found.endsWith(";"), id, "bytes end elsewhere");
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".jsonld"))) {
  const base = join(folder, file.slice(0, -".jsonld".length));
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(`${base}.txt`));
  const page = readFileSync(`${base}.page`);
  const at = units(text);
  for (const item of JSON.parse(readFileSync(join(folder, file), "utf8")).items) {
    let exact = null;
    for (const target of item.target) {
      if (Array.isArray(target.selector)) exact = checkText(item.id, target.selector, text, at);
      else checkBytes(item.id, target.selector, exact, page, !/<html/i.test(page.toString("utf8")));
    }
  }
}
console.log(JSON.stringify({ quotes, places, problems }));
process.exit(problems.length ? 1 : 0);
