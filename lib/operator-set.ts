import { cosine } from "./kernels/cosine.ts";
import { describeKernel } from "./kernels/describe.ts";
import type { OperatorRequest } from "./metrics/metric.ts";
import type { Layer } from "./layer.ts";
import type { MaybeOperator, Operator } from "./operators.ts";
import { Representation } from "./representation.ts";

/** An operator's number in the engine's tables, or why a layer has none. */
export type Place = { readonly operator: number } | { readonly reason: string };

/** Two requests with the same key make the same operators. */
export function requestKey(request: OperatorRequest): string {
  switch (request.make) {
    case "kernel":
      return describeKernel(request.kernel);
    case "ridge":
      return `ridge(${request.kappa}) of ${describeKernel(request.kernel)}`;
    case "explained":
      return `explained(${request.lambda}${request.centred ? ", centred" : ""}) of ${describeKernel(request.kernel)}`;
    default:
      return request.make;
  }
}

/** Requests whose operators some metric pairs with each other stand in one group of the engine; `find` follows them to one of them. */
class Together {
  readonly #parent = new Map<string, string>();

  find(key: string): string {
    const parent = this.#parent.get(key) ?? key;
    return parent === key ? key : this.find(parent);
  }

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA !== rootB) this.#parent.set(rootB, rootA);
  }
}

/** The operators that all metrics of a comparison need, each once, in the groups that the engine stacks. */
export class OperatorSet {
  /** Between features, the cosine between rows is the cosine kernel: one operator for both. */
  readonly #onlyFeatures: boolean;
  readonly groups: readonly (readonly Operator[])[];
  readonly #places = new Map<string, readonly Place[]>();

  /**
   * @param wanted - the requests of each metric; those of one metric are paired.
   * @param alone - requests that are paired with nothing: neighbours are read off their tiles.
   */
  constructor(
    layers: readonly Layer[],
    wanted: readonly (readonly OperatorRequest[])[],
    alone: readonly OperatorRequest[],
    make: (layer: Layer, request: OperatorRequest) => MaybeOperator,
  ) {
    this.#onlyFeatures = layers.every((layer) => layer instanceof Representation);
    const requests = new Map<string, OperatorRequest>();
    const together = new Together();
    for (const list of wanted) {
      for (const request of list) {
        requests.set(this.#key(request), request);
        together.join(this.#key(list[0]!), this.#key(request));
      }
    }
    const groups: Operator[][] = [];
    let count = 0;
    const place = (key: string, request: OperatorRequest, groupOf: () => Operator[]): void => {
      const places = layers.map((layer): Place => {
        const operator = make(layer, request);
        if ("reason" in operator) return operator;
        groupOf().push(operator);
        return { operator: count++ };
      });
      this.#places.set(key, places);
    };
    const roots = new Set([...requests.keys()].map((key) => together.find(key)));
    for (const root of roots) {
      const group: Operator[] = [];
      groups.push(group);
      for (const [key, request] of requests) if (together.find(key) === root) place(key, request, () => group);
    }
    for (const request of alone) {
      const key = this.#key(request);
      if (this.#places.has(key)) continue;
      place(key, request, () => {
        groups.push([]);
        return groups.at(-1)!;
      });
    }
    this.groups = groups.filter((group) => group.length > 0);
  }

  /** Where a layer stands under a request. */
  place(request: OperatorRequest, layer: number): Place {
    return this.#places.get(this.#key(request))![layer]!;
  }

  #key(request: OperatorRequest): string {
    return this.#onlyFeatures && request.make === "row-cosine" ? describeKernel(cosine()) : requestKey(request);
  }
}
