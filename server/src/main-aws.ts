/** The composition root of everything that talks to AWS: bundled by itself, and loaded by the others on first use. */
import { accessAnalyzer } from "./aws/access-analyzer.js";
import { accountFactSource } from "./aws/account-facts.js";
import { awsTarget } from "./aws/aws-target.js";
import { openClients } from "./aws/clients.js";
import { iamSimulator } from "./aws/iam-simulator.js";
import { objectStore } from "./aws/object-store.js";
import { openSession } from "./aws/session.js";
import type { ConnectAws } from "./workspace/aws-connection.js";

export { listProfiles } from "./aws/session.js";

export const connectAws: ConnectAws = async (options) => {
  const clients = openClients(openSession(options));
  const { session } = clients;
  const target = awsTarget(clients);
  return {
    name: session.name,
    region: session.region,
    regionChosen: session.regionChosen,
    profile: session.profile,
    target,
    validator: accessAnalyzer(clients),
    facts: accountFactSource(clients, target),
    simulator: iamSimulator(clients),
    objects: (where) => objectStore(clients, where),
    close: clients.close,
  };
};
