/** Services for `Action`, in the order in which they are likely next. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { HOME_REGIONS } from "../../catalogue/global-services.js";
import type { ActionPattern } from "../../policy/action-pattern.js";
import { remembered } from "../../policy/once.js";
import { DENY } from "../../policy/words.js";
import { stop } from "../snippet-text.js";
import { best } from "./best.js";
import { entriesBeside } from "./entries.js";
import type { Suggestion } from "./offer.js";
import { servicesMeantBy } from "./purposes.js";
import { bestFit, FIT_WEIGHT, weight } from "./ranking.js";
import { type Scope, servicesOf } from "./scope.js";

/** Services that people outside of AWS write policies for, however rarely AWS's own policies use them. */
export const COMMON: readonly string[] = [
  ..."s3 ec2 iam lambda logs dynamodb kms sts sqs sns cloudwatch ssm secretsmanager rds ecr ecs".split(" "),
  ..."cloudformation events organizations elasticloadbalancing autoscaling route53 cloudshell".split(" "),
  ..."apigateway tag cloudfront cloudtrail config access-analyzer codecommit codebuild codepipeline".split(
    " ",
  ),
  ..."support budgets ce aws-portal billing cur health athena glue eks acm sso kinesis firehose states".split(
    " ",
  ),
  ..."guardduty securityhub elasticache elasticfilesystem sagemaker redshift cognito-idp wafv2 xray".split(
    " ",
  ),
  ..."backup codedeploy codeartifact servicequotas resource-groups ses trustedadvisor account pricing".split(
    " ",
  ),
];

/** What AWS's documentation excepts from a Region lock besides the services that have one home Region. */
const GLOBAL: readonly string[] = [
  ..."a4b acm aws-marketplace aws-marketplace-management aws-portal config cur directconnect ec2 fms importexport".split(
    " ",
  ),
  ..."kms mobileanalytics pricing route53-recovery-cluster s3 shield wafv2 waf-regional wellarchitected".split(
    " ",
  ),
];

/** What people deny the hands of others: what watches over an account, and who is in it. */
const GUARDED: readonly string[] = [
  ..."organizations account cloudtrail config guardduty securityhub access-analyzer macie2 inspector2 detective".split(
    " ",
  ),
  ..."ram iam kms logs events sso identitystore backup".split(" "),
];

/** More than a list shows. */
const MOST = 80;

export function services(scope: Scope): readonly Suggestion[] {
  const likelihood = serviceContext(scope);
  const score = ({ prefix, deprecated }: ServiceOffer) =>
    likelihood(prefix) - (deprecated && !COMMON.includes(prefix) ? 2 : 0);
  const typed = scope.cursor.word.typed.toLowerCase();
  const likely = best<ServiceOffer>(MOST);
  for (const offer of serviceOffers(scope.catalogue)) {
    const fit = bestFit(offer, typed);
    if (fit !== undefined) likely.add(offer, score(offer) - FIT_WEIGHT * fit);
  }
  return likely.found.map(({ value }) => ({ ...value, score: score(value) }));
}

type ServiceOffer = Omit<Suggestion, "score"> & { readonly prefix: string };
const offers = new WeakMap<Catalogue, readonly ServiceOffer[]>();

/** One for each service, whatever the cursor's place. */
function serviceOffers(catalogue: Catalogue): readonly ServiceOffer[] {
  let known = offers.get(catalogue);
  if (known === undefined) {
    known = catalogue.services.map((prefix): ServiceOffer => {
      const { name = "", retired: deprecated = false } = catalogue.service(prefix) ?? {};
      return {
        prefix,
        label: `${prefix}:`,
        type: "service",
        detail: deprecated ? `${name}, retired` : name,
        insert: { text: `${prefix}:${stop(0)}` },
        // Nobody types the spaces of "Step Functions".
        words: `${name} ${name.replaceAll(" ", "")}`,
        about: { what: "service", name: prefix },
        more: true,
        ...(deprecated && { deprecated }),
      };
    });
    offers.set(catalogue, known);
  }
  return known;
}

/** How likely each service comes next, from this list, this statement, its name and its resources, and this policy. */
function serviceContext(scope: Scope): (prefix: string) => number {
  const { policy, statement, usage, catalogue } = scope;
  const bonus = new Map<string, number>();
  const add = (prefix: string, score: number) => bonus.set(prefix, (bonus.get(prefix) ?? 0) + score);
  for (const [index, prefix] of COMMON.entries()) add(prefix, 7 - index / 12);
  const here = servicesOf(scope);
  if (isExcepting(scope)) for (const prefix of [...HOME_REGIONS.keys(), ...GLOBAL, ...here]) add(prefix, 12);
  else if (statement?.effect?.value === DENY) for (const prefix of GUARDED) add(prefix, 5);
  for (const [index, prefix] of here.entries()) add(prefix, 6 + index);
  const near = new Set(here);
  const before = policy?.statements.filter(({ node }) => node !== statement?.node) ?? [];
  for (const { actions, notActions } of before) {
    for (const { service } of [...actions, ...notActions]) {
      if (near.has(service)) continue;
      near.add(service);
      add(service, 4);
    }
  }
  for (const [distance, prefix] of [...near].slice(-12).entries()) {
    for (const [index, other] of usage.companions(prefix).entries())
      add(other, 2.5 - index / 5 - distance / 20);
  }
  for (const prefix of catalogue.services) if (hasSibling(prefix, near)) add(prefix, 4);
  for (const { value } of statement?.resources ?? []) {
    const prefix = value.split(":")[2];
    if (prefix) add(prefix, 6);
  }
  const sid = statement?.sid?.value;
  if (sid !== undefined) for (const [prefix, score] of spokenOf(sid, catalogue)) add(prefix, score);
  const order = alphabetical(entriesBeside(scope), catalogue);
  return (prefix) => 0.8 * weight(usage.services.get(prefix)) + (bonus.get(prefix) ?? 0) + order(prefix);
}

/** Is it of one family with a service that stands in the policy, as `redshift-data` is with `redshift`? */
function hasSibling(prefix: string, near: ReadonlySet<string>): boolean {
  const family = prefix.split("-", 1)[0] ?? "";
  return family !== "aws" && family !== prefix && near.has(family);
}

/** A list that has been in alphabetical order so far will go on so: what comes soon behind its last service is likely. */
function alphabetical(entries: readonly ActionPattern[], catalogue: Catalogue): (prefix: string) => number {
  const prefixes = [...new Set(entries.map(({ service }) => service))];
  const last = prefixes.at(-1);
  if (last === undefined || prefixes.length < 4 || prefixes.some((it, at) => it < (prefixes[at - 1] ?? ""))) {
    return (prefix) => (last !== undefined && prefix > last ? 0.7 : 0);
  }
  const from = catalogue.services.filter((it) => it <= last).length;
  const place = new Map(catalogue.services.map((it, at) => [it, at - from]));
  // Few names stand in order by chance as well.
  const certainty = Math.min(1, (prefixes.length - 3) / 8);
  return (prefix) => {
    const distance = place.get(prefix) ?? (prefix > last ? 0 : -1);
    if (distance < 0) return -3 * certainty;
    return certainty * (10 * (1 - distance / catalogue.services.length) + Math.max(0, 5 - distance / 5));
  };
}

interface NamedService {
  readonly prefix: string;
  /** The prefix as letters and digits alone; the name as well. */
  readonly bare: string;
  /** Without what many services have in common. */
  readonly name: string;
  readonly words: readonly string[];
}

const spoken = new WeakMap<Catalogue, (text: string) => ReadonlyMap<string, number>>();

/** How much a name such as `UseCodeCommit` speaks of each service. */
function spokenOf(text: string, catalogue: Catalogue): ReadonlyMap<string, number> {
  let known = spoken.get(catalogue);
  if (known === undefined) {
    const services = namedServices(catalogue);
    known = remembered((name) => servicesIn(name, services));
    spoken.set(catalogue, known);
  }
  return known(text);
}

/** Made of all names as one text, a line each: what looks for words in it starts once, and not hundreds of times. */
function namedServices({ services, service }: Catalogue): readonly NamedService[] {
  const names = services
    .map((it) => service(it)?.name)
    .join("\n")
    .replace(/^(?:Amazon|AWS) +|\(.*\)/gm, "");
  const bare = squeezed(services.join("\n")).split("\n");
  const squeezedNames = squeezed(names).split("\n");
  const words = spaced(names).split("\n");
  return services.map((prefix, at) => ({
    prefix,
    bare: bare[at] ?? "",
    name: squeezedNames[at] ?? "",
    words: [...new Set((words[at] ?? "").split(" "))].filter((it) => it.length > 2),
  }));
}

function servicesIn(text: string, services: readonly NamedService[]): ReadonlyMap<string, number> {
  const whole = squeezed(text);
  const words = wordsIn(text);
  const found = new Map<string, number>();
  const byWord = new Map<string, string[]>();
  for (const { prefix, bare, name, words: own } of services) {
    if (
      words.has(prefix) ||
      (bare.length > 4 && whole.includes(bare)) ||
      (name.length > 4 && whole.includes(name))
    ) {
      found.set(prefix, 8);
    }
    for (const word of own) if (words.has(word)) byWord.set(word, [...(byWord.get(word) ?? []), prefix]);
  }
  // A word that few services have in their names points to them.
  for (const prefixes of byWord.values()) {
    if (prefixes.length > FEW) continue;
    for (const prefix of prefixes) if (!found.has(prefix)) found.set(prefix, 5);
  }
  for (const word of words) {
    for (const [at, prefix] of [word, `${word}s`, word.replace(/s$/, "")].flatMap(servicesMeantBy).entries())
      if (!found.has(prefix)) found.set(prefix, Math.max(3, 5 - at / 4));
  }
  return found;
}

const FEW = 3;

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(spaced(text).split(" "));
}

/** In lower case, with one space between words and nothing else. Lines stay apart. */
function spaced(text: string): string {
  return text
    .replace(/([a-z])([A-Z])|([A-Z]+)(?=[A-Z][a-z])/g, "$1$3 $2")
    .toLowerCase()
    .replace(/[^a-z0-9\n]+/g, " ");
}

/** Letters and digits alone. Lines stay apart. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9\n]+/g, "");
}

/** `NotAction` of a denial: what is excepted from a Region lock are the services that have no Region. */
function isExcepting({ statement, cursor }: Scope): boolean {
  return statement?.notActions.some(({ node }) => node === cursor.node) ?? false;
}
