import { integerParameter } from "../parameter.ts";

/** k, the number of neighbours; at most n − 1 are taken. */
export const countParameter = integerParameter("k", 10, { min: 1 }, "neighbours of each sample, itself left out");
