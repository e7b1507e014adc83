/**
 * What a policy hangs on: told from the document that holds it, from its content, from the configured globs, then
 * from its file name. The answer names its evidence, because several kinds can look alike.
 */
import { titleOf } from "../syntax/embedded/transplant.js";
import { everyone } from "./anyone.js";
import { kindByName } from "./kind-by-name.js";
import { kindByPlace } from "./kind-by-place.js";
import type { Policy, Statement } from "./policy.js";
import { resourceTypeOf } from "./resource-type.js";
import { hasWildcard } from "./wildcard.js";
import { DENY, type PolicyKind } from "./words.js";

export interface DetectedKind {
  readonly kind: PolicyKind;
  /** What the policy hangs on, as CloudFormation names it, where its content or the document around it tells. */
  readonly resourceType: string | undefined;
  /** A sentence for the user: why this kind. */
  readonly evidence: string;
}

export interface KindHints {
  /** Set by hand, in the editor or with `--kind`. */
  readonly override?: PolicyKind | undefined;
  /** From the configuration: the first glob that matches the file. */
  readonly configured?: { readonly kind: PolicyKind; readonly glob: string } | undefined;
  /** File name or path, with either slash. */
  readonly path?: string | undefined;
}

export function detectKind(policy: Policy, hints: KindHints = {}): DetectedKind {
  const place = kindByPlace(policy.node);
  const because = (kind: PolicyKind, evidence: string): DetectedKind => ({
    kind,
    resourceType:
      (place?.kind === kind ? place.resourceType : undefined) ??
      (kind === "resource" ? resourceTypeOf(policy) : undefined),
    evidence,
  });
  if (hints.override !== undefined) return because(hints.override, "Set by hand.");
  if (place !== undefined) return because(place.kind, place.evidence);
  const { configured } = hints;
  // The heading above a policy says more about it than the name of the file that holds it and others.
  const named = kindByName(titleOf(policy.node)) ?? kindByName(hints.path);
  if (hasPrincipal(policy)) {
    if (isTrust(policy)) return because("trust", "It has principals, and only actions that assume a role.");
    // Endpoint policies and RCPs have principals and resources as well: where they lie tells best.
    if (configured !== undefined) return because(configured.kind, `Configured for \`${configured.glob}\`.`);
    if (named !== undefined && named.kind !== "identity") return because(named.kind, named.evidence);
    return kindForEveryone(policy, because) ?? because("resource", "It has principals.");
  }
  if (configured !== undefined) return because(configured.kind, `Configured for \`${configured.glob}\`.`);
  if (named !== undefined && (!NEEDS_PRINCIPAL.has(named.kind) || couldLackPrincipal(named.kind, policy)))
    return because(named.kind, named.evidence);
  if (isServiceControl(policy))
    return because("scp", "It only denies, and what it denies only an organization can.");
  return because("identity", "It has no principals.");
}

/** Without a principal a policy of these kinds is unfinished, or the name is about something else. */
const NEEDS_PRINCIPAL: ReadonlySet<PolicyKind> = new Set<PolicyKind>([
  "resource",
  "trust",
  "endpoint",
  "rcp",
]);

/** `SageMakerEndpointPolicy` is often an identity's: a name counts where no identity policy would look like this. */
function couldLackPrincipal(kind: PolicyKind, { statements }: Policy): boolean {
  const complete = statements.every((it) =>
    COMPLETE.every((names) => names.some((name) => it.elements[name])),
  );
  if (!complete || statements.length === 0) return true;
  const resources = statements.flatMap((it) => [...it.resources, ...it.notResources]);
  const owners = new Set(resources.map(({ value }) => value.split("/", 1)[0] ?? ""));
  const [owner] = owners;
  return kind === "resource" && owners.size === 1 && owner !== undefined && !hasWildcard(owner);
}

const COMPLETE = [["Effect"], ["Action", "NotAction"], ["Resource", "NotResource"]] as const;

function hasPrincipal({ statements }: Policy): boolean {
  return statements.some(
    (it) => it.elements.Principal !== undefined || it.elements.NotPrincipal !== undefined,
  );
}

/** What a role's trust policy can grant, misspelt or with wildcards too: nothing else takes part in `sts` policies. */
function isTrust({ statements }: Policy): boolean {
  const hasResource = statements.some(
    (it) => it.elements.Resource !== undefined || it.elements.NotResource !== undefined,
  );
  const actions = statements.flatMap((it) => [...it.actions, ...it.notActions]);
  if (actions.length === 0) return !hasResource && statements.some(trustsProvider);
  if (!actions.every(({ service }) => service === "sts")) return false;
  if (!hasResource) return true;
  // With resources it can be an endpoint policy or an RCP for STS, and both mean everyone.
  return !statements.every((it) => everyone(it)) && actions.some(({ name }) => /^assume/i.test(name));
}

function trustsProvider({ principals }: Statement): boolean {
  return principals.some(({ type }) => type?.value === "Federated");
}

/** Services whose resource policies may say `*` and mean the resource that they hang on. */
const OWN_RESOURCE = new Set([
  ..."acm-pca aoss backup codeartifact ecr ecr-public elasticfilesystem es events execute-api glacier glue iot".split(
    " ",
  ),
  ..."kinesis kms lambda logs mediastore s3tables schemas secretsmanager serverlessrepo ses signer".split(
    " ",
  ),
  ..."sns sqs ssm-contacts ssm-incidents transcribe vpc-lattice vpc-lattice-svcs".split(" "),
]);

/** RCPs and endpoint policies speak to everyone about whatever lies behind them, which no one resource's policy does. */
function kindForEveryone(
  { statements }: Policy,
  because: (kind: PolicyKind, evidence: string) => DetectedKind,
): DetectedKind | undefined {
  if (!statements.every(everyone) || !statements.some(({ resources }) => resources.some(isStar)))
    return undefined;
  const services = new Set(statements.flatMap((it) => it.actions.map(({ service }) => service)));
  const [only] = services;
  const single = services.size === 1 && only !== undefined && only !== "" && !hasWildcard(only);
  if (statements.every(({ effect }) => effect?.value === DENY)) {
    if (single && OWN_RESOURCE.has(only) && only !== "kms") return undefined;
    return because("rcp", "It denies something to everyone, on every resource.");
  }
  if (services.size === 0 || (single && OWN_RESOURCE.has(only))) return undefined;
  return because("endpoint", "It allows everyone to use every resource of some service.");
}

function isStar({ value }: { readonly value: string }): boolean {
  return value === "*";
}

/** Denials that make sense from above an account only: of leaving the organization, to roots, with roles of any account spared. */
function isServiceControl({ statements }: Policy): boolean {
  if (statements.length === 0 || !statements.every(({ effect }) => effect?.value === DENY)) return false;
  return statements.some(
    ({ actions, conditions }) =>
      (actions.some(({ folded }) => folded === "organizations:leaveorganization") &&
        actions.every(({ service }) => service === "organizations" || service === "account")) ||
      conditions.some(
        ({ key, values }) =>
          key.value.toLowerCase() === "aws:principalarn" &&
          values.some((it) => it.type === "string" && /^arn:[^:]*:(?:iam|sts)::\*:/.test(it.value)),
      ),
  );
}
