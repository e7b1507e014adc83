/**
 * Completes a sample while nobody waits, so that the first word of a session is offered as fast as the others: what is
 * unpacked and compiled on first use is by then. Its answers are thrown away.
 */
import { complete } from "../assist/completion/complete.js";
import type { Catalogue } from "../catalogue/catalogue.js";

const SAMPLE = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Sample1",
      "Effect": "Allow",
      "Action": ["ec2:*", "s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::bucket/*",
      "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-west-1" } }
    },
    {
      "Effect": "Deny",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root", "Service": "lambda.amazonaws.com" },
      "Action": ["iam:PassRole", "sts:AssumeRole"],
      "Condition": { "Bool": { "aws:SecureTransport": "false" } }
    }
  ]
}`;
/** Behind the first rounds, what is compiled stays so. */
const ROUNDS = 4;
/**
 * How long it goes on at the start before anybody is answered, in milliseconds: that much later come the first findings,
 * for words that come at once.
 */
const AT_ONCE = 100;
/** How long nobody has written before it goes on, in milliseconds: neither findings nor words must wait for it. */
const QUIET = 250;

let quietFrom = 0;
let begun = false;

/** Once a process, and after the start one completion at a time: what has arrived is answered before the next. */
export function warmUp(catalogue: () => Catalogue): void {
  if (begun) return;
  begun = true;
  // Actions, ARNs and keys first, which need the most.
  const words = [...SAMPLE.matchAll(/"[^"]+"/g)].sort(
    (a, b) => Number(b[0].includes(":")) - Number(a[0].includes(":")),
  );
  const places = words.flatMap(({ index, 0: word }) =>
    word.length > 5 ? [index + 1, index + 4] : [index + 1],
  );
  const steps = Array.from({ length: ROUNDS }, () => places).flat();
  /** @returns whether there may be more to do */
  const step = (): boolean => {
    const offset = steps.shift();
    if (offset === undefined) return false;
    try {
      completeSample(offset, catalogue());
      return true;
    } catch {
      // Whoever asks for completion is told; nobody asked for this.
      return false;
    }
  };
  const next = () => {
    const wait = quietFrom - performance.now();
    if (wait > 0) return void setTimeout(next, wait).unref();
    if (step()) setImmediate(next).unref();
  };
  const until = performance.now() + AT_ONCE;
  while (performance.now() < until && step());
  postponeWarmUp();
  next();
}

function completeSample(offset: number, catalogue: Catalogue): void {
  complete({
    text: SAMPLE.slice(0, offset),
    offset,
    language: "json",
    hints: { path: "" },
    named: true,
    catalogue,
    variables: {},
    snippets: true,
  });
}

/** Somebody is writing. */
export function postponeWarmUp(): void {
  quietFrom = performance.now() + QUIET;
}
