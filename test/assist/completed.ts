/** What completion and hover say for a case of a spec, written as a spec writes it. They judge nothing. */
import { complete } from "../../server/src/assist/completion/complete.js";
import type { Completion } from "../../server/src/assist/completion/offer.js";
import { hoverAt } from "../../server/src/assist/hover/hover.js";
import { readUsage, type Usage } from "../../server/src/assist/usage.js";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import { POLICY_KINDS } from "../../server/src/policy/words.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { accountNames } from "../../server/src/workspace/account-names.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import type { AssistCase } from "./cases.js";

/** A table that never changes: of two actions, which one people use more is stated here and nowhere else. */
const USAGE: Usage = readUsage({
  services: "s3 90 ec2 80 iam 70 lambda 60 logs 50 kms 40",
  companions: { s3: "5", kms: "0" },
  actions: {
    s3: "=60 getobject =40 listbucket =20 putobject =10 *",
    ec2: "=30 describeinstances =20 runinstances",
  },
  followers: { s3: "=20 1 =10 2,=20 0 =5 2,=10 0" },
  after: {
    "": "Sid 9 Effect 8",
    Sid: "Effect 9",
    Effect: "Action 9 Resource 2",
    Action: "Resource 9",
    Resource: "Condition 9",
  },
  operators: "StringEquals 9 StringLike 5 Bool 3",
  keys: "aws:RequestedRegion 9 s3:prefix 5 aws:ResourceTag/team 3",
  operatorsOfKey: "0 1 0",
  keysOfService: { s3: "1.5" },
  values: { "aws:RequestedRegion": "eu-west-1" },
  resources: {},
  sids: "ReadBuckets|VisualEditor0",
});

/** Of the words behind a case's language: `kind=trust`, `path=bucket-policy.json`, `variable:region=eu-west-1`, `account`, `plain`. */
const ACCOUNT = accountNames(`{
  "account": "111122223333",
  "region": "ap-southeast-2",
  "policies": { "analyst": "analyst.json" },
  "users": { "ana": {} },
  "roles": { "deploy": { "path": "/ci/" } },
  "buckets": { "<name>-source": "source.json", "projects": { "policy": "projects.json", "accessPoints": { "reports": {} } } },
  "resources": { "arn:aws:kms:ap-southeast-2:111122223333:key/1234": {} }
}`);

function sceneOf(info: string) {
  const kind = POLICY_KINDS.find((it) => info.includes(`kind=${it}`));
  const variables: Record<string, string> = {};
  for (const [, name = "", value = ""] of info.matchAll(/variable:([\w-]+)=(\S+)/g)) variables[name] = value;
  return {
    hints: { override: kind, path: /(?:^| )path=(\S+)/.exec(info)?.[1] ?? "policy.json" },
    variables,
    account: /(?:^| )account(?: |$)/.test(info) ? ACCOUNT : undefined,
    snippets: !/(?:^| )plain(?: |$)/.test(info),
  };
}

export function completed({ text, selection, language, info }: AssistCase): Completion {
  return complete({
    text,
    offset: selection.start,
    language,
    named: false,
    catalogue: fakeCatalogue(),
    usage: USAGE,
    ...sceneOf(info),
  });
}

/** The text after the offer has been taken; places to fill in as `‹proposal›`, choices as `‹one|other›`. */
export function accepted(each: AssistCase, label: string): string {
  const offer = completed(each).offers.find((it) => it.label === label);
  if (offer === undefined) return `nobody offers \`${label}\``;
  const newText = offer.stops ? drawn(offer.edit.newText) : offer.edit.newText;
  return applyEdits(each.text, [{ ...offer.edit, newText }, ...offer.additional]);
}

function drawn(snippet: string): string {
  return snippet
    .replace(
      /(?<!\\)\$\{(\d+)(?::((?:\\.|[^\\}])*)|\|((?:\\.|[^\\|])*)\|)?\}/g,
      (_, _number, text, choices) => `‹${(text ?? choices ?? "").replaceAll(",", "|")}›`,
    )
    .replace(/\\([\\$}])/g, "$1");
}

export function hovered({ text, selection, language, info }: AssistCase): string {
  const { tree } = parseDocument(text, language);
  const { variables } = sceneOf(info);
  const policies = findPolicies(tree.root);
  const hover = hoverAt({
    policies,
    root: tree.root,
    catalogue: fakeCatalogue(),
    offset: selection.start,
    variables,
  });
  return hover === undefined
    ? "nothing"
    : `over ${text.slice(hover.at.start, hover.at.end)}\n\n${hover.markdown}`;
}
