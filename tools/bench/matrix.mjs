// A permission matrix of a million cells: a hundred users with five AWS managed policies each, a thousand actions, ten
// resources. One decision is compared with JSON.parse of the policies that it weighs.
import { shipped } from "../shipped.mjs";
import { managedPolicies } from "./corpus.mjs";

const USERS = 100;
const POLICIES_EACH = 5;
const ACTIONS = 1000;
const RESOURCES = 10;
const ROUNDS = 3;

export async function benchMatrix() {
  const { catalogue, findPrincipal, matrixRows, readAccount } = await core();
  const policies = managedPolicies();
  const { account } = readAccount(
    { file: "iam-account.json", text: JSON.stringify(accountOf(policies)) },
    () => undefined,
    () => undefined,
  );
  const every = catalogue.expand("*").map(({ fullName }) => fullName);
  const question = {
    principals: [...account.users.keys()].map((name) => findPrincipal(account, `user/${name}`).principal),
    actions: every.filter((_, index) => index % Math.floor(every.length / ACTIONS) === 0).slice(0, ACTIONS),
    resources: Array.from({ length: RESOURCES }, (_, index) => `arn:aws:s3:::bucket-${index}/object.txt`),
    context: {},
  };
  const rounds = [];
  let cells = 0;
  let allowed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    cells = 0;
    allowed = 0;
    const start = performance.now();
    for (const row of matrixRows(account, question, catalogue)) {
      cells += row.cells.length;
      for (const cell of row.cells) if (cell === "allowed") allowed++;
    }
    rounds.push(performance.now() - start);
  }
  const best = Math.min(...rounds);
  const parse = parseTime(policies);
  const micros = (best / cells) * 1000;
  console.log(
    `  ${cells} cells, ${allowed} allowed: ${(best / 1000).toFixed(2)} s (cold: ${(rounds[0] / 1000).toFixed(2)} s)`,
  );
  console.log(`  ${Math.round(cells / (best / 1000))} decisions a second, ${micros.toFixed(2)} µs each`);
  console.log(`  JSON.parse of the ${POLICIES_EACH} policies of one decision: ${parse.toFixed(1)} µs`);
  console.log(
    `  ratio: ${(micros / parse).toFixed(3)} (below 1: a decision is faster than reading its policies)`,
  );
}

function accountOf(policies) {
  const chosen = policies.slice(0, USERS * 2);
  const users = {};
  for (let user = 0; user < USERS; user++) {
    const attached = Array.from(
      { length: POLICIES_EACH },
      (_, n) => chosen[(user * 7 + n * 31) % chosen.length].name,
    );
    users[`user-${user}`] = { policies: attached };
  }
  const own = Object.fromEntries(chosen.map(({ name, text }) => [name, JSON.parse(text)]));
  return { account: "111122223333", region: "eu-west-1", policies: own, users };
}

/** Microseconds for as many policies as one decision weighs. */
function parseTime(policies) {
  const texts = policies.slice(0, USERS * 2).map(({ text }) => JSON.stringify(JSON.parse(text)));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round++) {
    const start = performance.now();
    for (const text of texts) JSON.parse(text);
    best = Math.min(best, performance.now() - start);
  }
  return (best / texts.length) * 1000 * POLICIES_EACH;
}

function core() {
  return shipped({
    "account/matrix.ts": ["matrixRows"],
    "account/principal.ts": ["findPrincipal"],
    "account/read-account.ts": ["readAccount"],
  });
}
