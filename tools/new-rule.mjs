// npm run new-rule clarity/redundant-action: writes the rule, its spec and its page, ready to fill in.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { camelCase } from "./generate/rule-index.mjs";

const [, group, name] = /^([a-z]+)\/([a-z][a-z0-9-]+)$/.exec(process.argv[2] ?? "") ?? [];
if (name === undefined) {
  console.error("usage: npm run new-rule GROUP/NAME, for example clarity/redundant-action");
  process.exit(2);
}
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const files = {
  [`server/src/lint/rules/${group}/${name}.ts`]: `import { defineRule } from "../../rule.js";

export const ${camelCase(name)} = defineRule({
  name: "${name}",
  group: "${group}",
  severity: "warning",
  since: "${version}",
  summary: "Say what is wrong in one line, without a final period",
  fix: "none",
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/"],

  statement(statement, { report }) {
    if (statement.sid?.value !== "${camelCase(name)}") return;
    report({ at: statement.sid, message: \`\\\`\${statement.sid.value}\\\` is …\` });
  },
});
`,
  [`test/lint/${group}/${name}.md`]: `# \`${name}\`

## What it reports

\`\`\`jsonc
{
  "Statement": [{
    "Sid": "${camelCase(name)}"
  }]
}
\`\`\`

## What it leaves alone

\`\`\`jsonc
{ "Statement": [{ "Sid": "Other" }] }
\`\`\`
`,
  [`docs/rules/${name}.md`]: `# ${name}

<!-- generated from the rule: do not edit -->
<!-- /generated -->

## Why

## Incorrect

\`\`\`json
{ "Version": "2012-10-17", "Statement": [{ "Sid": "${camelCase(name)}" }] }
\`\`\`

## Correct

\`\`\`json
{ "Version": "2012-10-17", "Statement": [{ "Sid": "Other" }] }
\`\`\`

## When not to use it

<!-- generated from the rule: do not edit -->
<!-- /generated -->
`,
};
for (const [path, text] of Object.entries(files)) {
  if (existsSync(path)) {
    console.error(`${path} exists already`);
    process.exit(1);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${path}`);
}
console.log("next: fill them in, then npm run generate && UPDATE=1 npm run unit -- rules");
