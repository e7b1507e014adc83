import type { Statement } from "../../../policy/policy.js";
import { type StringNode, spanWithin } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

/**
 * Access key ids, private keys, and texts as long as a secret access key; tokens of code hosts and chats.
 * A run of 40 has to pass `looksRandom` as well. See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
const SECRET =
  /(?<id>(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9]))|(?<key>-----BEGIN [A-Z ]*PRIVATE KEY)|(?<token>\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,}|xox[abps]-[\w-]{20,}))|(?<secret>(?<![\w/+=])[A-Za-z0-9/+]{40}(?![\w/+=]))/g;

const WHAT: Readonly<Record<string, string>> = {
  id: "the id of an access key",
  key: "a private key",
  token: "an access token",
  secret: "what looks like a secret access key",
};

export const secretInPolicy = defineRule({
  name: "secret-in-policy",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "A statement holds a credential",
  fix: "none",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
  ],

  statement(statement, { report }) {
    for (const node of suspectsIn(statement)) {
      for (const match of node.value.matchAll(SECRET)) {
        const [found] = match;
        const kind = Object.entries(match.groups ?? {}).find(([, it]) => it !== undefined)?.[0] ?? "key";
        // Names in ARNs may be as long and as wild.
        if (kind === "secret" && (!looksRandom(found) || node.value.startsWith("arn:"))) continue;
        // The text itself stays out of the message: messages end up in logs.
        const at = spanWithin(node, match.index, match.index + found.length);
        report({ at, message: `The policy contains ${WHAT[kind]}.` });
      }
    }
  },
});

/** The shortest credential has 20 characters, and all but a few kinds have 40: told without looking for each kind. */
function mayHoldOne(text: string): boolean {
  return text.length >= 40 || (text.length >= 20 && SHORT.test(text));
}

const SHORT = /AKIA|ASIA|-----BEGIN|xox/;

/** What could stand in an ARN: anything as wild as a secret key may be a name there. */
const KEY_ID = /AKIA|ASIA/;

/** What people can write freely, where it is long enough; names of actions are not. */
function suspectsIn({ sid, resources, notResources, conditions }: Statement): readonly StringNode[] {
  const found: StringNode[] = [];
  if (sid !== undefined && mayHoldOne(sid.value)) found.push(sid);
  for (const it of resources) if (KEY_ID.test(it.value)) found.push(it);
  for (const it of notResources) if (KEY_ID.test(it.value)) found.push(it);
  for (const { values } of conditions)
    for (const it of values) if (it.type === "string" && mayHoldOne(it.value)) found.push(it);
  return found;
}

/** Bits per character: 40 random characters of Base64 have close to 5, words and paths less than 4.3. */
const ENTROPY = 4.4;

function looksRandom(text: string): boolean {
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text)) return false;
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits >= ENTROPY;
}
