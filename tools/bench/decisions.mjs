// Decisions of single requests, each with five AWS managed policies: as a ratio to JSON.parse of the same policies, and
// to another engine where IAM_POLICY_PEER names a module of it. docs/contributing.md says what that module exports.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { shipped } from "../shipped.mjs";
import { managedPolicies } from "./corpus.mjs";

const REQUESTS = 2000;
const POLICIES_EACH = 5;
const ROUNDS = 5;
/** The peer gets fewer requests, but at least this long. */
const PEER_SECONDS = 10;

export async function benchDecisions() {
  const { catalogue, decide, readRequest, simulate } = await core();
  const texts = requestsOver(managedPolicies(), catalogue);
  const policyTexts = texts.map((text) =>
    JSON.parse(text).policies.identity.map(({ document }) => JSON.stringify(document)),
  );
  const parse = best(ROUNDS, () => {
    for (const list of policyTexts) for (const text of list) JSON.parse(text);
  });

  // From the text of a request with its policies inside to the answer with its reasons: nothing is kept between requests.
  const whole = best(ROUNDS, () => {
    for (const text of texts) simulate(JSON.parse(text), catalogue);
  });
  const prepared = texts.map((text) => {
    const read = readRequest(JSON.parse(text), catalogue);
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    return read.request;
  });
  const decisions = prepared.map((request) => decide(request, catalogue));
  const warm = best(ROUNDS, () => {
    for (const request of prepared) decide(request, catalogue);
  });

  const allowed = decisions.filter((it) => it === "allowed").length;
  console.log(`  ${REQUESTS} requests with ${POLICIES_EACH} policies each, ${allowed} allowed`);
  row("decision, policies read before", warm, parse);
  row("text to answer with reasons", whole, parse);
  console.log(`  JSON.parse of the same policies: ${perRequest(parse)} µs a request`);
  await benchPeer(texts, decisions, warm, whole);
}

/** The whole way of the peer, because what it keeps between requests is its own matter. */
async function benchPeer(texts, decisions, warm, whole) {
  const path = process.env["IAM_POLICY_PEER"];
  if (path === undefined) return console.log("  no peer: IAM_POLICY_PEER names none");
  const { default: peer } = await import(pathToFileURL(resolve(path)).href);
  const start = performance.now();
  const answers = [];
  for (const text of texts) {
    if (performance.now() - start > PEER_SECONDS * 1000) break;
    answers.push(await peer(JSON.parse(text)));
  }
  const time = ((performance.now() - start) / answers.length) * texts.length;
  const equal = answers.filter((answer, index) => answer === decisions[index]).length;
  console.log(`  peer: ${perRequest(time)} µs a request over ${answers.length} requests`);
  console.log(
    `    ${(time / whole).toFixed(1)} × our whole way, ${(time / warm).toFixed(0)} × our decision alone`,
  );
  console.log(`    ${equal} of ${answers.length} decisions equal`);
  for (const [index, answer] of answers.entries()) {
    if (answer === decisions[index]) continue;
    const { action, resource } = JSON.parse(texts[index]);
    console.log(`    differs: ${action} on ${resource}: ${decisions[index]}, peer ${answer}`);
    if (--differencesShown === 0) break;
  }
}

let differencesShown = 10;

/** The same in every run: each request about an action that one of its policies names, or about one that none does. */
function requestsOver(policies, catalogue) {
  const every = catalogue.expand("*");
  return Array.from({ length: REQUESTS }, (_, n) => {
    const chosen = Array.from(
      { length: POLICIES_EACH },
      (_, k) => policies[(n * 7 + k * 131) % policies.length],
    );
    const named = chosen[n % POLICIES_EACH].text.match(/"[a-z0-9-]+:[A-Za-z*]+"/g) ?? [];
    const pattern = (named[n % Math.max(named.length, 1)] ?? "").replaceAll('"', "");
    const matching = n % 4 === 0 || pattern === "" ? [] : catalogue.expand(pattern);
    const action = matching[n % Math.max(matching.length, 1)] ?? every[(n * 37) % every.length];
    return JSON.stringify({
      principal: "arn:aws:iam::111122223333:user/bench",
      action: action.fullName,
      resource: resourceFor(action, catalogue),
      resourceAccount: "111122223333",
      context: { "aws:RequestedRegion": "eu-west-1", "aws:SecureTransport": "true" },
      policies: { identity: chosen.map(({ name, text }) => ({ name, document: JSON.parse(text) })) },
    });
  });
}

function resourceFor({ service, resourceTypes }, catalogue) {
  const [type] = resourceTypes;
  const arn = type && catalogue.service(service)?.resourceTypes.get(type.name.toLowerCase())?.arn;
  if (!arn) return "*";
  const values = { Partition: "aws", Region: "eu-west-1", Account: "111122223333" };
  return arn.replace(/\$\{([^}]*)\}/g, (_, name) => values[name] ?? "bench");
}

function row(name, time, parse) {
  const second = Math.round(REQUESTS / (time / 1000));
  console.log(`  ${name}: ${perRequest(time)} µs, ${second} a second, ratio ${(time / parse).toFixed(3)}`);
}

function perRequest(time) {
  return ((time / REQUESTS) * 1000).toFixed(2);
}

function best(rounds, run) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function core() {
  return shipped({
    "evaluate/decide.ts": ["decide"],
    "evaluate/read-request.ts": ["readRequest"],
    "evaluate/simulate.ts": ["simulate"],
  });
}
