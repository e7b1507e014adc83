/**
 * Services that answer from one Region whatever the caller's, and which: to a condition on `aws:RequestedRegion`
 * all their requests come from there. Only the `aws` partition.
 * See https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html and
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */

const US_EAST_1 = [
  "iam",
  "organizations",
  "account",
  "route53",
  "route53domains",
  "cloudfront",
  "shield",
  "support",
  "trustedadvisor",
  "health",
  "artifact",
  "billing",
  "budgets",
  "ce",
  "consolidatedbilling",
  "cur",
  "freetier",
  "invoicing",
  "payments",
  "purchase-orders",
  "savingsplans",
  "tax",
  "waf",
  "chime",
  "aws-marketplace",
];

const US_WEST_2 = ["globalaccelerator", "networkmanager", "route53-recovery-control-config"];

/** Home Regions by service prefix; the ones that most accounts need come first. */
export const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ...US_EAST_1.map((service) => [service, "us-east-1"] as const),
  ...US_WEST_2.map((service) => [service, "us-west-2"] as const),
]);
