/** The nearest word lives with the words of policies, for the layers beside `lint`; rules find it here. */
export { distance, nearest } from "../policy/nearest.js";
