// The list of templates in docs/templates.md, from their manifests.
import { readFileSync } from "node:fs";
import { globSync } from "../glob.mjs";

export const path = "docs/templates.md";

const START = "<!-- generated from templates/: do not edit -->";
const END = "<!-- /generated -->";

export function render() {
  const page = readFileSync(path, "utf8");
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`${path} has lost the place for its list of templates.`);
  const rows = globSync("templates", /^templates\/[^/]+\/template\.json$/).map((file) => {
    const { name, title, kind, description } = JSON.parse(readFileSync(file, "utf8"));
    return `| \`${name}\` | ${kind} | **${title}.** ${description} |`;
  });
  const table = `| Template | Kind | What there is afterwards |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
  return `${page.slice(0, start)}${START}\n${table}${page.slice(end)}`;
}
