/** AWS as a target, held to the contract over our stand-in for it. */
import { targetContract } from "./contract.js";
import { standInBench } from "./stand-in/bench.js";

targetContract("stand-in", standInBench);
