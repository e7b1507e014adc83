/**
 * Which context keys a request can carry: an action sends its own keys and those of its resources.
 * Keys that AWS puts into every request, or that come with the caller's credentials, are always possible.
 * See https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { parseArn } from "../policy/arn.js";
import { templatesOfAction, writtenAs } from "./arn-template.js";
import type { Catalogue } from "./catalogue.js";
import { perCatalogue, SEPARATOR } from "./per-catalogue.js";

/** Takes the key in lower case. */
export type SentTest = (key: string) => boolean;

/** Keys of `aws:` that an action only sends where the reference lists them. */
const LISTED_GLOBAL_KEYS = ["aws:requesttag/", "aws:resourcetag/", "aws:tagkeys"];

/** Keys of services that travel with a role session. */
const SESSION_KEYS: ReadonlySet<string> = new Set([
  "ec2:roledelivery",
  "ec2:sourceinstancearn",
  "glue:roleassumedby",
  "glue:credentialissuingservice",
  "codebuild:buildarn",
  "codebuild:projectarn",
  "lambda:sourcefunctionarn",
  "ssm:sourceinstancearn",
  "identitystore:userid",
]);

interface KeyTests {
  readonly sent: SentTest;
  readonly listed: SentTest;
}

/** `undefined` where the catalogue does not know the action: then nothing can be ruled out. */
export function sentKeys(catalogue: Catalogue, action: string): SentTest | undefined {
  return keyTests(catalogue, action)?.sent;
}

/** Only what the reference lists for the action and its resources, not what every request may carry. */
export function listedKeys(catalogue: Catalogue, action: string): SentTest | undefined {
  return keyTests(catalogue, action)?.listed;
}

/** A request that comes through an access point says so at the bucket too. */
const ACCESS_POINT = /^arn:[^:]*:s3:[^:]*:[^:]*:accesspoint\//;

/** What the action sends along with one resource: keys of other types of resource are not there. */
export function sentKeysOn(catalogue: Catalogue, name: string, resource: string): SentTest | undefined {
  const action = catalogue.action(name);
  const arn = parseArn(resource);
  if (action === undefined || arn === undefined) return sentKeys(catalogue, name);
  const templates = templatesOfAction(catalogue, action);
  const written = templates.filter((template) => writtenAs(arn, template));
  if (written.length === 0) return sentKeys(catalogue, name);
  const fitting = templates.filter((it) => written.includes(it) || ACCESS_POINT.test(it.type.arn));
  if (fitting.length === templates.length) return sentKeys(catalogue, name);
  return sentKeys(catalogue, [name, ...fitting.map(({ type }) => type.name)].join(SEPARATOR));
}

/** Asked for with an action, and behind it the names of resource types where only some of them count. */
const keyTests = perCatalogue(compileTests);

function compileTests(catalogue: Catalogue, asked: string): KeyTests | undefined {
  const [name = "", ...typeNames] = asked.split(SEPARATOR);
  const action = catalogue.action(name);
  if (action === undefined) return undefined;
  const service = catalogue.service(action.service);
  const types = action.resourceTypes.filter(
    (type) => typeNames.length === 0 || typeNames.includes(type.name),
  );
  const keys = [
    ...action.conditionKeys,
    ...types.flatMap((type) => [
      ...type.conditionKeys,
      ...(service?.resourceTypes.get(type.name.toLowerCase())?.conditionKeys ?? []),
    ]),
  ];
  const exact = new Set<string>();
  const prefixes: string[] = [];
  for (const key of keys) {
    // Templates such as `aws:RequestTag/${TagKey}` and `s3:ExistingObjectTag/<key>` stand for any ending.
    const hole = key.search(/\$\{|</);
    if (hole < 0) exact.add(key.toLowerCase());
    else if (hole > 0) prefixes.push(key.slice(0, hole).toLowerCase());
  }
  const listed: SentTest = (key) => exact.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
  const decided = new Map<string, boolean>();
  const sent: SentTest = (key) => {
    const before = decided.get(key);
    if (before !== undefined) return before;
    const answer = listed(key) || isAlwaysPossible(catalogue, key);
    if (decided.size < 1000) decided.set(key, answer);
    return answer;
  };
  return { sent, listed };
}

/** Can a request have the key, in lower case, whatever its action and its resource? */
export function isKeyOfAll(key: string): boolean {
  return key.startsWith("aws:") && !LISTED_GLOBAL_KEYS.some((listed) => key.startsWith(listed));
}

function isAlwaysPossible(catalogue: Catalogue, key: string): boolean {
  if (key.startsWith("aws:")) return isKeyOfAll(key);
  const prefix = key.slice(0, key.indexOf(":"));
  // Keys of identity providers, such as `accounts.google.com:sub`, and keys nobody knows.
  if (prefix.includes(".") || prefix === "saml" || SESSION_KEYS.has(key)) return true;
  return catalogue.conditionKey(key) === undefined;
}
