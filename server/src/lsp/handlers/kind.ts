/** `iamPolicy/kind`, `iamPolicy/kinds`, `iamPolicy/setKind`: what kind of policy a document is, and the user's word on it. */
import type { PolicyKind } from "../../policy/words.js";
import { guarded } from "../guard.js";
import type { DocumentKind, KindChoice } from "../protocol.js";
import { type Session, type View, viewOf } from "../session.js";
import { refreshAll } from "./did-change.js";

export function kind(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(
    "iamPolicy/kind",
    guarded("iamPolicy/kind", log, null as DocumentKind | null, ({ uri }: { uri: string }) => {
      const view = viewOf(session, uri);
      return view === undefined ? null : documentKind(view);
    }),
  );
  connection.onRequest("iamPolicy/kinds", () => KINDS);
  connection.onRequest(
    "iamPolicy/setKind",
    guarded("iamPolicy/setKind", log, null, (params: { uri: string; kind: PolicyKind | null }) => {
      session.workspace.setKind(params.uri, params.kind ?? undefined);
      refreshAll(session);
      return null;
    }),
  );
}

/** What a document with several policies is called after: the first. */
export function documentKind({ uri, analysis }: View): DocumentKind {
  const [first] = analysis.policies;
  if (first === undefined)
    return { uri, isPolicy: false, kind: "unknown", evidence: "No policy was found in it." };
  const { kind: found, resourceType, evidence } = first;
  return { uri, isPolicy: true, kind: found, ...(resourceType && { resourceType }), evidence };
}

/** Such as `Role trust policy`; `undefined` for a kind that nobody can choose. */
export function titleOf(kind: PolicyKind): string | undefined {
  return KINDS.find((it) => it.kind === kind)?.title;
}

const KINDS: readonly KindChoice[] = [
  {
    kind: "identity",
    title: "Identity policy",
    detail: "Hangs on a user, a group or a role and says what it may do.",
  },
  {
    kind: "resource",
    title: "Resource policy",
    detail: "Hangs on a bucket, key, queue or other resource and says who may use it.",
  },
  { kind: "trust", title: "Role trust policy", detail: "Says who may assume a role." },
  { kind: "boundary", title: "Permissions boundary", detail: "The most that a user or role can be granted." },
  { kind: "session", title: "Session policy", detail: "Narrows one session of a role or federated user." },
  {
    kind: "scp",
    title: "Service control policy",
    detail: "The most that the principals of an organisation's accounts can be granted.",
  },
  {
    kind: "rcp",
    title: "Resource control policy",
    detail: "The most that the resources of an organisation's accounts can be used for.",
  },
  { kind: "endpoint", title: "VPC endpoint policy", detail: "What may be done through a VPC endpoint." },
];
