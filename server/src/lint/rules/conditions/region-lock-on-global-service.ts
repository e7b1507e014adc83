import { HOME_REGIONS } from "../../../catalogue/global-services.js";
import type { Statement } from "../../../policy/policy.js";
import { ALLOW, DENY } from "../../../policy/words.js";
import type { Edits } from "../../../syntax/edits.js";
import type { Edit } from "../../../syntax/span.js";
import { globalServices, type RegionLock, regionLock } from "../../region-lock.js";
import { defineRule } from "../../rule.js";

/** The one that no account can do without. */
const FIRST = "iam";

export const regionLockOnGlobalService = defineRule({
  name: "region-lock-on-global-service",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary:
    "A limit to some Regions shuts out global services, which answer from a Region that is not among them",
  fix: "suggestion",
  appliesTo: ["identity", "boundary", "session", "scp"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
  ],

  policy({ statements }, { report, edits }) {
    for (const statement of statements) {
      const lock = regionLock(statement);
      if (lock === undefined) continue;
      const shut = shutOut(statement, lock, statements);
      const [first, ...others] = shut;
      if (first === undefined) continue;
      const named =
        others.length === 0
          ? `\`${first}\` answers`
          : `\`${first}\` and ${others.length} more global services answer`;
      report({
        at: lock.condition.key,
        message: `${named} from ${homesOf(shut).join(" and ")} only, so this ${statement.effect?.value === DENY ? "denies" : "does not allow"} ${others.length === 0 ? "it" : "them"} anywhere.`,
        fix: {
          title: `Leave out ${others.length === 0 ? "that service" : "global services"}`,
          edits:
            statement.effect?.value === DENY
              ? exempt(statement, shut, edits)
              : allowAtHome(statement, shut, edits),
        },
      });
    }
  },
});

function shutOut(
  statement: Statement,
  lock: RegionLock,
  statements: readonly Statement[],
): readonly string[] {
  const about = globalServices(statement);
  const shut = about.filter((service) => !lock.open(HOME_REGIONS.get(service) ?? ""));
  if (shut.length === 0) return shut;
  const others =
    statement.effect?.value === DENY
      ? []
      : statements.filter((it) => it !== statement && it.effect?.value === ALLOW);
  const left = shut.filter((service) => !others.some((other) => reaches(other, service)));
  // Who speaks of all services and has thought of IAM has decided on the rest as well.
  const wide = statement.notActions.length > 0 || about.length === HOME_REGIONS.size;
  return wide && !left.includes(FIRST) ? [] : left;
}

/** Does a statement speak of a service without a lock that shuts it out? */
function reaches(statement: Statement, service: string): boolean {
  if (!globalServices(statement).includes(service)) return false;
  return regionLock(statement)?.open(HOME_REGIONS.get(service) ?? "") ?? true;
}

function homesOf(services: readonly string[]): readonly string[] {
  return [...new Set(services.map((service) => HOME_REGIONS.get(service) ?? ""))];
}

/** Turns `"Action": "*"` into a `NotAction`, or makes the one there longer. */
function exempt(statement: Statement, services: readonly string[], edits: Edits): readonly Edit[] {
  const patterns = services.map((service) => `${service}:*`);
  const last = statement.notActions.at(-1);
  if (last !== undefined) return edits.replaceItem(last.node, [last.value, ...patterns]);
  const element = statement.elements.Action;
  const [only, ...more] = statement.actions;
  if (element?.value === undefined || only?.value !== "*" || more.length > 0) return [];
  return [...edits.setText(element.key, "NotAction"), ...edits.replaceValue(element.value, patterns)];
}

function allowAtHome(statement: Statement, services: readonly string[], edits: Edits): readonly Edit[] {
  const homes = homesOf(services);
  return edits.insertAfter(statement.node, {
    Effect: ALLOW,
    Action: services.map((service) => `${service}:*`),
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": homes.length === 1 ? (homes[0] ?? "") : homes } },
  });
}
