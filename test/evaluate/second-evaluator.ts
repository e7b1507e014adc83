/**
 * The rules of evaluation a second time, slow and obvious, straight from AWS's documentation and from plain JSON.
 * It shares no code with the engine, so that a mistake has to be made twice to go unseen.
 */
export type Statement = {
  Effect: string;
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
  Principal?: "*" | Record<string, string[]>;
  NotPrincipal?: "*" | Record<string, string[]>;
  Condition?: Record<string, Record<string, string[]>>;
};

export type Document = { Version?: string; Statement: Statement[] };

export type SimpleRequest = {
  principal: string | { service: string };
  action: string;
  resource: string;
  resourceAccount: string;
  /** Behind the access point that is the resource. */
  bucket?: string;
  blockPublicAccess?: boolean;
  context: Record<string, string | string[]>;
  policies: {
    identity: Document[];
    boundary: Document[];
    session: Document[];
    resource?: Document | undefined;
    accessPoint?: Document | undefined;
    scp: { id: string; policies: Document[] }[];
    rcp: { id: string; policies: Document[] }[];
    endpoint: Document[];
  };
};

type Kind = "identity" | "resource" | "endpoint" | "rcp";
type Who = {
  type: "user" | "session" | "federated" | "root" | "service" | "anonymous";
  account?: string;
  /** How a policy can name the caller, most general first. */
  accountNames: string[];
  parentNames: string[];
  ownNames: string[];
};

/** Through an access point, both the access point and the bucket have to permit the request. */
export function secondOpinion(request: SimpleRequest): string {
  const { bucket, resource, policies, context } = request;
  if (bucket === undefined) return opinion(request);
  const [point, object] = resource.split("/object/") as [string, string];
  const seen = {
    ...context,
    "s3:DataAccessPointArn": point,
    "s3:DataAccessPointAccount": point.split(":")[4]!,
  };
  const atPoint = opinion({
    ...request,
    context: seen,
    resourceAccount: point.split(":")[4]!,
    policies: { ...policies, resource: policies.accessPoint },
  });
  const atBucket = opinion({ ...request, context: seen, resource: `arn:aws:s3:::${bucket}/${object}` });
  if (atPoint === "explicitDeny" || atBucket === "explicitDeny") return "explicitDeny";
  return atPoint === "allowed" && atBucket === "allowed" ? "allowed" : "implicitDeny";
}

function opinion(request: SimpleRequest): string {
  const who = identify(request.principal);
  const context = fullContext(request, who);
  const { policies } = request;
  const isRoot = who.type === "root";
  const hasIdentity = who.account !== undefined && !isRoot;
  const scps = who.account === undefined ? [] : policies.scp;

  const applies = (document: Document, kind: Kind) =>
    document.Statement.filter((statement) => matches(statement, document, kind, request, who, context));
  const statementsOf = (documents: Document[], kind: Kind) => documents.flatMap((it) => applies(it, kind));
  const identity = statementsOf(hasIdentity ? policies.identity : [], "identity");
  const boundary = statementsOf(hasIdentity ? policies.boundary : [], "identity");
  const session = statementsOf(hasIdentity ? policies.session : [], "identity");
  // A bucket policy has no say when its owner's root user works with bucket policies.
  const ownerAtPolicy =
    isRoot && who.account === request.resourceAccount && /^s3:\w+BucketPolicy$/i.test(request.action);
  const resource = statementsOf(policies.resource && !ownerAtPolicy ? [policies.resource] : [], "resource");
  const endpoint = statementsOf(policies.endpoint, "endpoint");
  const scp = scps.map((level) => statementsOf(level.policies, "identity"));
  const rcp = policies.rcp.map((level) => statementsOf(level.policies, "rcp"));

  // 0. Whoever has credentials may ask whose they are, unless the way there is closed.
  if (request.action.toLowerCase() === "sts:getcalleridentity" && who.account !== undefined) {
    if (endpoint.some((statement) => statement.Effect === "Deny")) return "explicitDeny";
    return policies.endpoint.length === 0 || endpoint.length > 0 ? "allowed" : "implicitDeny";
  }

  // 1. One applicable Deny anywhere decides.
  const everything = [identity, boundary, session, resource, endpoint, ...scp, ...rcp].flat();
  if (everything.some((statement) => statement.Effect === "Deny")) return "explicitDeny";
  const allows = (statements: Statement[]) => statements.some((statement) => statement.Effect === "Allow");

  // 2. Organisation policies: every level must allow.
  if (scp.some((level) => !allows(level))) return "implicitDeny";
  for (const [index, level] of rcp.entries()) {
    const written = policies.rcp[index]!.policies.flatMap((it) => it.Statement);
    // The policy that allows everything is always attached; a level that shows it shows it in full.
    if (written.some((statement) => statement.Effect === "Allow") && !allows(level)) return "implicitDeny";
  }
  // 3. The endpoint.
  if (policies.endpoint.length > 0 && !allows(endpoint)) return "implicitDeny";

  // 4. Whom does the resource's policy allow?
  const grants = resource.filter((statement) => statement.Effect === "Allow");
  const names = grants.flatMap((statement) =>
    statement.NotPrincipal !== undefined || statement.Principal === "*"
      ? ["*"]
      : Object.entries(statement.Principal ?? {}).flatMap(([type, values]) =>
          values.map((value) => (type === "AWS" ? value : `${type}:${value}`)),
        ),
  );
  const names1 = (list: string[]) => names.some((name) => list.includes(name));
  // With Block Public Access, a public policy grants nothing to anyone outside, be it to all or by name.
  const outside = who.type !== "service" && who.account !== request.resourceAccount;
  if (request.blockPublicAccess && outside && request.action.startsWith("s3:") && grants.length > 0) {
    if (isPublic(policies.resource!)) return "implicitDeny";
  }
  const direct = names1(["*", ...who.ownNames]);
  const parent = names1(who.parentNames);
  const account = names1(who.accountNames);
  if (who.type === "service" || who.type === "anonymous")
    return grants.length > 0 ? "allowed" : "implicitDeny";

  const sameAccount = who.account === request.resourceAccount;
  const special = isKey(request) || isRole(request);
  if (isRoot) {
    if (sameAccount && !special) return "allowed";
    return grants.length > 0 ? "allowed" : "implicitDeny";
  }
  const boundaryAllows = policies.boundary.length === 0 || allows(boundary);
  const sessionAllows = policies.session.length === 0 ? who.type !== "federated" : allows(session);
  const identityAllows = allows(identity) && boundaryAllows && sessionAllows;

  // 5. Across accounts both sides; within one account either, save for keys and roles.
  if (!sameAccount) return identityAllows && (direct || parent || account) ? "allowed" : "implicitDeny";
  if (direct) return "allowed";
  if (parent && boundaryAllows && sessionAllows) return "allowed";
  if (special && !parent && !account) return "implicitDeny";
  return identityAllows ? "allowed" : "implicitDeny";
}

/** Does a statement let in everyone without a fixed value of a key that tells callers? */
function isPublic(document: Document): boolean {
  return document.Statement.some((statement) => {
    const principal = statement.Principal;
    const anyone = principal === "*" || (typeof principal === "object" && principal.AWS?.includes("*"));
    if (statement.Effect !== "Allow" || !(anyone || statement.NotPrincipal)) return false;
    return !Object.entries(statement.Condition ?? {}).some(([operator, block]) => {
      if (/Not|IfExists|ForAllValues|Null/.test(operator)) return false;
      return (block["aws:PrincipalArn"] ?? ["*"]).every((value) =>
        /Like/.test(operator) ? !/[*?$]/.test(value) : value !== "*" && !value.includes("$"),
      );
    });
  });
}

function isKey({ action, resource }: SimpleRequest): boolean {
  return action.toLowerCase().startsWith("kms:") && resource.includes(":key/");
}

function isRole({ action, resource }: SimpleRequest): boolean {
  return action.toLowerCase() === "sts:assumerole" && resource.includes(":role/");
}

function identify(principal: SimpleRequest["principal"]): Who {
  const nobody = { accountNames: [], parentNames: [], ownNames: [] };
  if (principal === "anonymous") return { type: "anonymous", ...nobody };
  if (typeof principal !== "string") {
    return { type: "service", ...nobody, ownNames: [`Service:${principal.service}`] };
  }
  const account = principal.split(":")[4]!;
  const accountNames = [account, `arn:aws:iam::${account}:root`];
  if (principal.endsWith(":root")) {
    return { type: "root", account, accountNames: [], parentNames: [], ownNames: accountNames };
  }
  const [kind, name] = principal.split(":")[5]!.split("/");
  if (kind === "user") return { type: "user", account, accountNames, parentNames: [], ownNames: [principal] };
  if (kind === "federated-user") {
    const parentNames = [`arn:aws:iam::${account}:user/${name}`];
    return { type: "federated", account, accountNames, parentNames, ownNames: [principal] };
  }
  const role = `arn:aws:iam::${account}:role/${name}`;
  return { type: "session", account, accountNames, parentNames: [role], ownNames: [principal] };
}

function fullContext(request: SimpleRequest, who: Who): Map<string, string[]> {
  const context = new Map<string, string[]>();
  if (who.account !== undefined) context.set("aws:principalaccount", [who.account]);
  if (who.type === "anonymous") context.set("aws:principalaccount", ["anonymous"]);
  if (who.type === "user") context.set("aws:username", [who.ownNames[0]!.split("/")[1]!]);
  if (who.type === "user" || who.type === "federated") context.set("aws:principalarn", [who.ownNames[0]!]);
  if (who.type === "session") context.set("aws:principalarn", [who.parentNames[0]!]);
  if (who.type === "root") context.set("aws:principalarn", [who.ownNames[1]!]);
  for (const [key, value] of Object.entries(request.context)) {
    context.set(key.toLowerCase(), Array.isArray(value) ? value : [value]);
  }
  return context;
}

function matches(
  statement: Statement,
  document: Document,
  kind: Kind,
  request: SimpleRequest,
  who: Who,
  context: Map<string, string[]>,
): boolean {
  const variables = document.Version === "2012-10-17";
  const action = request.action.toLowerCase();
  const named = (patterns: string[]) =>
    patterns.some((pattern) => glob([...pattern.toLowerCase()], [...action]));
  if (statement.NotAction ? named(statement.NotAction) : !named(statement.Action ?? [])) return false;

  const fits = (patterns: string[]) =>
    patterns.some((pattern) => {
      const filled = variables ? fill(pattern, context, true) : [...pattern];
      return filled !== undefined && glob(filled, [...request.resource]);
    });
  if (statement.NotResource ? fits(statement.NotResource) : !fits(statement.Resource ?? [])) return false;

  if (kind !== "identity" && !concerns(statement, kind, request, who)) return false;

  for (const [operator, block] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(block)) {
      if (!holds(operator, context.get(key.toLowerCase()), values, variables, context)) return false;
    }
  }
  return true;
}

function concerns(statement: Statement, kind: Kind, request: SimpleRequest, who: Who): boolean {
  const listed = (element: NonNullable<Statement["Principal"]>, names: string[]) =>
    element === "*" ||
    Object.entries(element).some(([type, values]) =>
      values.some((value) =>
        value === "*" ? type === "AWS" : names.includes(type === "AWS" ? value : `${type}:${value}`),
      ),
    );
  const all = [...who.ownNames, ...who.parentNames, ...who.accountNames];
  if (statement.NotPrincipal !== undefined) {
    if (statement.Effect === "Allow") return !listed(statement.NotPrincipal, all);
    // With a boundary the exception never works; without one the caller itself must be listed.
    return request.policies.boundary.length > 0 || !listed(statement.NotPrincipal, who.ownNames);
  }
  if (statement.Principal === undefined) return kind !== "resource";
  return listed(statement.Principal, all);
}

function holds(
  written: string,
  requested: string[] | undefined,
  wanted: string[],
  variables: boolean,
  context: Map<string, string[]>,
): boolean {
  const [set, rest] = written.includes(":") ? (written.split(":") as [string, string]) : [undefined, written];
  const ifExists = rest.endsWith("IfExists");
  const operator = rest.replace("IfExists", "");
  if (operator === "Null") return wanted.includes(String(requested === undefined || requested.length === 0));
  const missing = requested === undefined || (set === undefined && requested.length === 0);
  if (ifExists && missing) return true;
  const negated = operator.includes("Not");
  if (set === undefined && missing) return negated;
  const one = (value: string) => {
    const any = wanted.some((text) => compare(operator.replace("Not", ""), value, text, variables, context));
    return negated ? !any : any;
  };
  const values = requested ?? [];
  if (set === undefined) return values.length === 1 ? one(values[0]!) : negated;
  const empty = values.every((value) => value === "");
  if (set === "ForAllValues") return empty || values.every(one);
  return !empty && values.some(one);
}

function compare(
  operator: string,
  value: string,
  wanted: string,
  variables: boolean,
  context: Map<string, string[]>,
): boolean {
  if (operator.startsWith("Numeric")) {
    const [a, b] = [value, wanted].map((text) => (text === "" ? Number.NaN : Number(text))) as [
      number,
      number,
    ];
    if (operator === "NumericEquals") return a === b;
    return operator === "NumericLessThan" ? a < b : a >= b;
  }
  const pattern = variables ? fill(wanted, context, operator !== "StringEquals") : [...wanted];
  if (pattern === undefined) return false;
  switch (operator) {
    case "StringEquals":
      return pattern.map(literal).join("") === value;
    case "StringLike":
      return glob(pattern, [...value]);
    case "ArnLike": {
      const split = (characters: string[]) => {
        const fields: string[][] = [[]];
        for (const it of characters) {
          if (it === ":" && fields.length < 6) fields.push([]);
          else fields.at(-1)!.push(it);
        }
        return fields;
      };
      const [p, v] = [split(pattern), split([...value])];
      return p.length === 6 && v.length === 6 && p.every((field, index) => glob(field, v[index]!));
    }
    default:
      throw new Error(`no rule for ${operator}`);
  }
}

/** The characters of a pattern; a character that is literal although it looks like a wildcard is doubled. */
function fill(text: string, context: Map<string, string[]>, pattern: boolean): string[] | undefined {
  const result: string[] = [];
  for (const part of text.split(/(\$\{[^}]*\})/)) {
    const inner = /^\$\{(.*)\}$/.exec(part)?.[1];
    if (inner === undefined) result.push(...part);
    else if (["*", "?", "$"].includes(inner)) result.push(pattern ? inner + inner : inner);
    else {
      const [key, ...rest] = inner.split(", ");
      const values = context.get(key!.toLowerCase());
      const value = values?.length === 1 ? values[0] : rest[0]?.slice(1, -1);
      if (value === undefined) return undefined;
      result.push(...[...value].map((it) => (pattern && (it === "*" || it === "?") ? it + it : it)));
    }
  }
  return result;
}

function literal(character: string): string {
  return character.charAt(0);
}

function glob(pattern: string[], text: string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === "*") return glob(rest, text) || (text.length > 0 && glob(pattern, text.slice(1)));
  if (text.length === 0) return false;
  return (first === "?" || literal(first) === text[0]) && glob(rest, text.slice(1));
}
