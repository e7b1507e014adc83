/**
 * A policy without anything that tells whose it is: account ids, names, ids and addresses are replaced, the same ones by
 * the same. What AWS itself names stays: actions, services, Regions, operators, condition keys, policy variables.
 */
import { parseArn } from "../../policy/arn.js";
import type { Json } from "../../syntax/edits.js";

export class Anonymiser {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  policy(value: Json): Json {
    return this.#value(value, []);
  }

  /** An ARN of a request, or a name. */
  resource(value: string): string {
    return this.#resource(value);
  }

  /** A condition key of a request with its values. */
  context(key: string, values: readonly string[]): readonly [key: string, values: readonly string[]] {
    return [this.#key(key, ["Condition"]), values.map((it) => this.#conditionValue(it, key))];
  }

  /** A text that is not a policy, such as the message of a finding: quoted parts are hidden, where a policy has them. */
  text(text: string): string {
    let result = text;
    const known = [...this.#names].sort(([a], [b]) => b.length - a.length);
    for (const [name, shown] of known) result = result.replaceAll(name, shown);
    return result.replace(/\b\d{12}\b/g, (it) => this.#account(it));
  }

  #value(value: Json, path: readonly string[]): Json {
    if (Array.isArray(value)) return value.map((it) => this.#value(it, path));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, it]) => [this.#key(key, path), this.#value(it, [...path, key])]),
      );
    }
    if (typeof value !== "string") return value;
    const element = path.find((it) => it !== "Statement") ?? "";
    if (KEPT.has(element)) return value;
    if (element === "Sid" || element === "Id") return value === "" ? value : this.#name(value, element);
    if (element === "Condition") return this.#conditionValue(value, path.at(-1) ?? "");
    return this.#resource(value);
  }

  /** Keys are AWS's words, but for the tag that a condition key names. */
  #key(key: string, path: readonly string[]): string {
    if (!path.includes("Condition")) return key;
    return key.replace(
      /^([\w-]+:(?:PrincipalTag|RequestTag|ResourceTag|ExistingObjectTag|RequestObjectTag))\/(.+)$/i,
      (_, prefix: string, tag: string) => `${prefix}/${this.#segments(tag, "Tag")}`,
    );
  }

  #conditionValue(value: string, key: string): string {
    if (/^(?:true|false|\d{1,11}|\d{4}-\d\d-\d\d(?:T.*)?)$/i.test(value)) return value;
    // These say what AWS calls things.
    if (
      /:(?:CalledVia\w*|ViaAWSService|RequestedRegion|PrincipalType|SourceVpcService|PassedToService|PrincipalServiceName\w*)$/i.test(
        key,
      )
    )
      return value;
    if (/[./]\d+\.|^[\da-f:]+(?:\/\d+)?$/i.test(value) && /ip$/i.test(key))
      return value.includes(":") ? "2001:db8::/32" : "203.0.113.0/24";
    return this.#resource(value);
  }

  #resource(value: string): string {
    if (/^\*?$/.test(value) || /^[\w.-]+\.amazonaws\.com(?:\.cn)?$/.test(value)) return value;
    const arn = parseArn(value);
    if (arn === undefined)
      return /^\d{12}$/.test(value) ? this.#account(value) : this.#segments(value, "name");
    const account = /^\d{12}$/.test(arn.account) ? this.#account(arn.account) : arn.account;
    // AWS's own policies and services are no secret.
    if (arn.account === "aws") return value;
    return [
      "arn",
      arn.partition,
      arn.service,
      arn.region,
      account, // A bucket has no type, whatever it is called.
      arn.account === "" ? this.#segments(arn.resource, "name") : this.#arnResource(arn.resource),
    ].join(":");
  }

  /** `role/app/ana` keeps its type; what is not known to be one is a name. */
  #arnResource(resource: string): string {
    const [, type = "", rest = resource] = /^([\w-]+[/:])(.+)$/.exec(resource) ?? [];
    return RESOURCE_TYPES.has(type.slice(0, -1))
      ? type + this.#segments(rest, "name")
      : this.#segments(resource, "name");
  }

  /** Wildcards, separators and policy variables stay where they are. */
  #segments(text: string, kind: string): string {
    return text
      .split(/(\$\{[^}]*\}|[/:*?])/)
      .map((part, index) =>
        index % 2 === 1 || part === ""
          ? part
          : /^\d{12}$/.test(part)
            ? this.#account(part)
            : this.#name(part, kind),
      )
      .join("");
  }

  #account(id: string): string {
    return this.#remember(id, "account", (count) => String(111_111_111_111 * count).slice(0, 12));
  }

  #name(name: string, kind: string): string {
    return this.#remember(name, kind, (count) => `${kind}${count}`);
  }

  #remember(text: string, kind: string, make: (count: number) => string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const made = make(count);
    this.#names.set(text, made);
    return made;
  }
}

/** Elements whose texts are AWS's words. */
const KEPT: ReadonlySet<string> = new Set(["Version", "Effect", "Action", "NotAction"]);

/** The words before the names in ARNs that policies have most. */
const RESOURCE_TYPES: ReadonlySet<string> = new Set(
  (
    "accesspoint account alarm alias apikey assumed-role backup-plan bot catalog certificate cluster connection " +
    "dashboard database distribution document domain event-bus execution federated-user function group hostedzone " +
    "image index instance instance-profile job key layer loadbalancer log-group mfa network-interface oidc-provider " +
    "organization ou parameter pipeline policy project repository role root rule saml-provider secret " +
    "security-group server-certificate service session snapshot stack stateMachine stream subnet table " +
    "targetgroup task task-definition trail user userpool vault volume vpc workgroup"
  ).split(" "),
);
