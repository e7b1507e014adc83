/**
 * AWS on this computer: one HTTP server that speaks the real wire formats of IAM, STS, S3 and Access Analyzer over an
 * account in memory, remembers what it was asked, and fails as told. Signatures are read for who and where, not checked.
 */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import { AnalyzerAnswers, analyzerOperation } from "./access-analyzer.js";
import { Faults, failureOf, type PlannedFault } from "./faults.js";
import { answerIam, answerSts } from "./iam.js";
import { answerS3, type StoredObject, s3Operation } from "./s3.js";
import { answerSignIn, signInOperation } from "./sign-in.js";
import { StandInState } from "./state.js";
import { type Answer, failed, HTML_NOT_FOUND, type Received, receive, send } from "./wire.js";

/** A call that arrived, whatever became of it. */
export interface Recorded {
  readonly service: string;
  readonly operation: string;
  readonly request: Received;
}

export class StandIn {
  readonly calls: Recorded[] = [];
  readonly faults = new Faults();
  readonly objects = new Map<string, StoredObject>();
  readonly analyzer = new AnalyzerAnswers();
  state: StandInState;
  readonly #server: Server;

  private constructor(start: Snapshot | undefined) {
    this.state = new StandInState(start);
    this.#server = createServer((request, response) => {
      receive(request).then(
        (received) => this.#answer(received, response),
        () => response.destroy(),
      );
    });
  }

  static async start(snapshot?: Snapshot): Promise<StandIn> {
    const standIn = new StandIn(snapshot);
    await new Promise<void>((resolve) => standIn.#server.listen(0, "127.0.0.1", resolve));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets everything. */
  reset(snapshot?: Snapshot): void {
    this.calls.length = 0;
    this.objects.clear();
    this.faults.clear();
    this.analyzer.clear();
    this.state = new StandInState(snapshot);
  }

  fail(fault: PlannedFault): void {
    this.faults.plan(fault);
  }

  operations(): readonly string[] {
    return this.calls.map(({ operation }) => operation);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer(request: Received, response: ServerResponse): void {
    const { service } = request;
    const operation = operationOf(request);
    this.calls.push({ service, operation, request });
    const fault = this.faults.strike(operation);
    if (fault === "dropped before") {
      response.destroy();
      return;
    }
    if (fault === "html" || fault === "html 500") {
      send(response, fault === "html" ? HTML_NOT_FOUND : { ...HTML_NOT_FOUND, status: 500 });
      return;
    }
    const failure = fault && failureOf(fault, service, operation, this.state.caller);
    if (failure !== undefined) {
      const late = { date: new Date(Date.now() + 3_600_000).toUTCString() };
      const answer = failed(service, failure);
      send(
        response,
        fault === "clock skew" ? { ...answer, headers: { ...answer.headers, ...late } } : answer,
      );
      return;
    }
    this.state.look(fault === "stale");
    const answer = this.#answerOf(request, operation);
    if (fault === "dropped after") response.destroy();
    else if (fault !== "timeout") send(response, answer);
  }

  #answerOf(request: Received, operation: string): Answer {
    if (operation === "GetRoleCredentials") return answerSignIn(request);
    if (operation === "AssumeRoleWithWebIdentity")
      return answerSts(operation, this.state, request.accessKeyId);
    switch (request.service) {
      case "iam":
        return answerIam(request.body, this.state);
      case "sts":
        return answerSts(operation, this.state, request.accessKeyId);
      case "s3":
        return answerS3(request, operation, this.state, this.objects);
      case "access-analyzer":
        return this.analyzer.answer(operation, request);
      default:
        return HTML_NOT_FOUND;
    }
  }
}

function operationOf(request: Received): string {
  const signIn = signInOperation(request);
  if (signIn !== undefined) return signIn;
  if (request.service === "s3") return s3Operation(request);
  if (request.service === "access-analyzer") return analyzerOperation(request);
  return new URLSearchParams(request.body).get("Action") ?? "";
}
