// Which examples the property tests draw: the same in every run, so that a run judges the commit and not the dice.
// `npm run explore` draws others.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
