/**
 * What can be asked of AWS, behind ports: types only. `main-aws.ts` stands behind them, in a bundle of its own that is
 * loaded on first use, so that nobody who works offline pays for it.
 */
import type { AccountTarget } from "../account/change/target.js";
import type { AccountFactSource } from "../account/check/account-facts.js";
import type { LiveSimulator } from "../account/live/live-simulator.js";
import type { ObjectStore } from "../account/master-copy.js";
import type { PolicyValidator } from "../lint/online/policy-validator.js";

export interface AwsOptions {
  /** Goes before `AWS_PROFILE`. */
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
  /** Asks the user for the code that the MFA device with this serial number shows. */
  readonly askMfaCode?: ((serial: string) => Promise<string>) | undefined;
}

export interface AwsConnection {
  /** As shown to the user, such as `AWS profile dev`. */
  readonly name: string;
  readonly region: string;
  /** Did somebody choose that Region? Otherwise it is where AWS is asked for want of another. */
  readonly regionChosen: boolean;
  /** `undefined` where the environment has the credentials. */
  readonly profile: string | undefined;
  readonly target: AccountTarget;
  readonly validator: PolicyValidator;
  readonly facts: AccountFactSource;
  readonly simulator: LiveSimulator;
  readonly objects: (where: { readonly bucket: string; readonly kmsKey?: string | undefined }) => ObjectStore;
  readonly close: () => void;
}

/** Makes no call yet. Rejects with a `TargetError`, as everything that a connection gives. */
export type ConnectAws = (options: AwsOptions) => Promise<AwsConnection>;
