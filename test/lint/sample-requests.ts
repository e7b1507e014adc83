/**
 * Requests that some policies could be about: their actions, resources, callers and condition values, met, just missed
 * and left out. The same policies give the same requests. What is decided about them is the engine's.
 */
import type { Catalogue } from "../../server/src/catalogue/catalogue.js";
import { type Caller, type PrincipalInput, readCaller } from "../../server/src/evaluate/caller.js";
import type { ContextInput } from "../../server/src/evaluate/context.js";
import type { Condition } from "../../server/src/policy/condition.js";
import type { Policy, Statement } from "../../server/src/policy/policy.js";
import type { Principal } from "../../server/src/policy/principal.js";
import { findVariables, isEscapeVariable } from "../../server/src/policy/variable.js";
import { randomNumbers } from "../random.js";

export interface SampleRequest {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, ContextInput>>;
}

type Context = Readonly<Record<string, ContextInput>>;

const ACCOUNT = "111122223333";
const CALLERS: readonly PrincipalInput[] = [
  `arn:aws:iam::${ACCOUNT}:user/ana`,
  `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`,
  "arn:aws:iam::444455556666:user/ana",
  "anonymous",
];
const FILLINGS = ["", "a", "A/b-1"];

export function sampleRequests(
  policies: readonly Policy[],
  catalogue: Catalogue,
  count: number,
): readonly SampleRequest[] {
  const statements = policies.flatMap((it) => it.statements);
  const random = randomNumbers();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const callers = callersOf(statements);
  const contexts = contextsOf(statements, pick, random);
  const actions = new Map(statements.map((it) => [it, actionsOf(it, catalogue)]));
  const resources = new Map(statements.map((it) => [it, resourcesOf(it)]));
  const anyAction = [...actions.values()].flat();
  const anyResource = [...resources.values()].flat();
  if (anyAction.length === 0) return [];
  return Array.from({ length: count }, () => {
    // Mostly action and resource of one statement: others hardly ever belong together.
    const statement = pick(statements);
    const alone = random() < 0.85;
    const ownActions = actions.get(statement) ?? [];
    return {
      caller: pick(callers),
      action: pick(alone && ownActions.length > 0 ? ownActions : anyAction),
      resource: pick(alone ? (resources.get(statement) ?? anyResource) : anyResource),
      context: pick(contexts),
    };
  });
}

/** What the patterns match by the catalogue, what they match anyway, and what they narrowly miss. */
function actionsOf({ actions, notActions }: Statement, catalogue: Catalogue): readonly string[] {
  const found = new Set<string>();
  for (const { value, service, wildcard } of [...actions, ...notActions]) {
    if (!wildcard) found.add(value);
    const expanded = catalogue.expand(value);
    for (let i = 0; i < 6; i++) {
      const action = expanded[Math.floor((i * expanded.length) / 6)];
      if (action !== undefined) found.add(action.fullName);
    }
    for (const filling of ["", "Xy"]) found.add(value.replaceAll("*", filling).replaceAll("?", "X"));
    found.add(`${value.replaceAll(/[*?]/g, "")}X`);
    const near = [...(catalogue.service(service)?.actions.values() ?? [])];
    for (const action of [near[0], near[Math.floor(near.length / 2)]])
      if (action !== undefined) found.add(action.fullName);
  }
  found.add("ec2:DescribeVpcs");
  return [...found].filter((it) => /^[A-Za-z0-9-]+:[A-Za-z0-9_-]+$/.test(it));
}

function resourcesOf({ resources, notResources, elements }: Statement): readonly string[] {
  const found = new Set(["*", "arn:aws:s3:::other/x"]);
  if (elements.Resource === undefined && elements.NotResource === undefined)
    found.add(`arn:aws:iam::${ACCOUNT}:role/target`);
  for (const { value } of [...resources, ...notResources]) {
    for (const text of filled(value)) found.add(text).add(`${text}x`).add(text.slice(0, -1));
  }
  return [...found];
}

function callersOf(statements: readonly Statement[]): readonly Caller[] {
  const inputs = new Set(CALLERS);
  for (const { principals, notPrincipals } of statements) {
    for (const principal of [...principals, ...notPrincipals])
      for (const input of inputsOf(principal)) inputs.add(input);
  }
  return [...inputs].map(readCaller).filter((it): it is Caller => typeof it === "object");
}

function inputsOf({ type, value }: Principal): readonly PrincipalInput[] {
  if (type?.value === "Service") return [{ service: value }];
  if (type?.value === "Federated") return [{ federated: value }];
  const account = /^\d{12}$/.exec(value)?.[0] ?? /:(\d{12}):root$/.exec(value)?.[1];
  return account === undefined ? [value] : [value, `arn:aws:iam::${account}:user/bob`];
}

/** Nothing, everything met, and mixtures. */
function contextsOf(
  statements: readonly Statement[],
  pick: <T>(list: readonly T[]) => T,
  random: () => number,
): readonly Context[] {
  const values = new Map<string, Set<string>>();
  const offer = (key: string, texts: readonly string[]) => {
    const folded = key.toLowerCase();
    const known = values.get(folded) ?? new Set();
    values.set(folded, known);
    for (const text of texts) known.add(text);
  };
  for (const { conditions, resources, notResources } of statements) {
    for (const condition of conditions) {
      offer(condition.key.value, valuesOf(condition));
      for (const key of condition.values.flatMap((it) => (it.type === "string" ? keysIn(it.value) : [])))
        offer(key, FILLINGS);
    }
    for (const { value } of [...resources, ...notResources])
      for (const key of keysIn(value)) offer(key, FILLINGS);
  }
  const keys = [...values].map(([key, texts]) => ({ key, texts: [...texts] }));
  const contexts: Context[] = [{}];
  for (let i = 0; i < 60; i++) {
    const sure = i % 3 === 0;
    const chosen = keys.flatMap(({ key, texts }): [string, ContextInput][] => {
      const [first = "zzz"] = texts;
      const die = random();
      if (sure && die < 0.8) return [[key, die < 0.2 ? [first] : first]];
      if (die < 0.3) return [];
      if (die < 0.4) return [[key, []]];
      if (die < 0.6) return [[key, [pick(texts), pick(texts)]]];
      return [[key, pick(texts)]];
    });
    contexts.push(Object.fromEntries(chosen));
  }
  return contexts;
}

/** What the condition asks for first, then what is close to it and what is not. */
function valuesOf({ values, operator }: Condition): readonly string[] {
  const found: string[] = [];
  for (const value of values) {
    if (value.type === "boolean" || value.type === "number") found.push(String(value.value));
    if (value.type === "string") found.push(...filled(value.value));
  }
  for (const text of [...found]) {
    const number = Number(text);
    if (text !== "" && !Number.isNaN(number)) found.push(String(number + 1), String(number - 1));
    else if (operator.family === "String" || operator.family === "Arn")
      found.push(`${text}x`, text.toUpperCase(), text.slice(1));
    const [address, bits] = text.split("/");
    if (operator.family === "IpAddress" && address !== undefined && bits !== undefined) found.push(address);
  }
  if (operator.family === "Bool" || operator.family === "Null") found.push("true", "false");
  if (operator.family === "Date") found.push("2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z");
  if (operator.family === "IpAddress") found.push("203.0.113.9", "10.0.0.1", "2001:db8::1");
  return [...found, "zzz", ""];
}

/** The text with something in the place of its wildcards, variables and placeholders. */
function filled(text: string): readonly string[] {
  return FILLINGS.map((filling) => {
    let result = text;
    for (const variable of [...findVariables(text)].reverse()) {
      const by = isEscapeVariable(variable) ? variable.key : filling;
      result = result.slice(0, variable.start) + by + result.slice(variable.end);
    }
    return result.replaceAll("*", filling).replaceAll("?", filling.slice(0, 1) || "a");
  });
}

function keysIn(text: string): readonly string[] {
  return findVariables(text)
    .filter((it) => !isEscapeVariable(it))
    .map(({ key }) => key.trim());
}
