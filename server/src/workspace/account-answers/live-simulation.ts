/** `live/simulation`: AWS's answer to one question, in the shape of ours. */
import type { Desk } from "../account-desk.js";
import type { Refusal, Simulation } from "../account-questions.js";
import type { LiveSteps } from "../live-questions.js";
import { renderSimulationReport, simulationCase } from "../simulation-report.js";
import { askedQuestion } from "./asked-question.js";
import { readAnswer } from "./live-answer.js";
import { simulationOf } from "./simulate.js";

export function liveSimulation(
  desk: Desk,
  { asked: params, answered, version }: LiveSteps["live/simulation"]["params"],
): Simulation | Refusal {
  const { as, action, resource } = answered;
  const asked = askedQuestion(desk, { ...params, as, action, resource });
  if (!asked.ok) return asked;
  const read = readAnswer(desk, asked, answered);
  if (!read.ok) return read;
  const { said, request } = read;
  const isReported = said.cause === "otherwise";
  const report = isReported
    ? renderSimulationReport([simulationCase(asked, said, request.verdict, desk.catalogue)], version)
    : "";
  return {
    ...simulationOf(desk, params, asked, { ...said, saidBy: "AWS", elsewhere: [] }),
    live: { here: request.verdict.decision, report },
  };
}
