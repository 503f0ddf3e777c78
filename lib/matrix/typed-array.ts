import { types } from "node:util";

import { checkOneOf, expected } from "../check.ts";
import { bytesPerElement, type DType, type Elements } from "../dtype.ts";
import { SystemError } from "../errors.ts";

/** Elements together with what they mean. */
export interface TypedElements {
  readonly data: Elements;
  readonly dtype: DType;
}

/** What may stand for elements before they are looked at. (A Float16Array of newer runtimes is taken as well.) */
export type ElementsLike = Float64Array | Float32Array | Uint16Array;

const halves = ["f16", "bf16"] as const;

const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get;

/**
 * The class of a typed array, by the one property that cannot be forged and holds in every realm: `instanceof` fails for arrays
 * from a vm context, as test runners use them. Undefined for what is not a typed array.
 */
export function typedArrayName(value: unknown): string | undefined {
  return tagOf?.call(value) as string | undefined;
}

function declaredDType(array: string): DType | undefined {
  if (array === "Float64Array") return "f64";
  if (array === "Float32Array") return "f32";
  return array === "Float16Array" ? "f16" : undefined;
}

/**
 * Look at a caller's typed array: which elements it holds. Nothing is copied.
 * `dtype` is needed for a Uint16Array, and may repeat what the array says otherwise.
 */
export function readElements(value: unknown, dtype: unknown, name: string, dtypeName: string): TypedElements {
  const array = typedArrayName(value);
  if (array === "Uint16Array") {
    if (dtype === undefined) {
      throw expected('"f16" or "bf16"', dtypeName, dtype, {
        hint: `A Uint16Array, as ${name} is, may hold the bits of either: pass the one that it holds.`,
      });
    }
    return { data: value as Uint16Array, dtype: checkOneOf(dtype, dtypeName, halves) };
  }
  const own = array === undefined ? undefined : declaredDType(array);
  if (own === undefined) {
    throw expected("a Float64Array, a Float32Array or a Uint16Array of halves", name, value, {
      code: array === undefined ? "INVALID_ARGUMENT" : "UNSUPPORTED_DTYPE",
      ...(array !== undefined || Array.isArray(value) ? { hint: "Float64Array.from(…, Number) makes one." } : {}),
    });
  }
  if (dtype !== undefined && dtype !== own) throw expected(`"${own}", as the ${array} holds,`, dtypeName, dtype);
  if (array !== "Float16Array") return { data: value as Elements, dtype: own };
  const view = value as ArrayBufferView & { length: number };
  return { data: new Uint16Array(view.buffer, view.byteOffset, view.length), dtype: own };
}

/** Was the array's buffer transferred away? (`ArrayBuffer.prototype.detached` is newer than the oldest runtime supported.) */
export function isDetached(data: Elements): boolean {
  if (data.byteLength !== 0 || types.isSharedArrayBuffer(data.buffer)) return false;
  try {
    // Of a detached buffer there is no slice, not even an empty one.
    data.buffer.slice(0, 0);
    return false;
  } catch {
    return true;
  }
}

/** Does the array hold as many elements as the shape says? */
export function checkLength(data: Elements, shape: readonly number[], name: string): void {
  // A product that is no longer exact is above 2^53 and equals no length.
  const wanted = shape.reduce((product, length) => product * length, 1);
  if (data.length === wanted) return;
  const hint = isDetached(data) ? "Its buffer was transferred away: it is detached." : undefined;
  throw expected(`${wanted} elements (${shape.join("×")})`, name, data, {
    code: "SHAPE_MISMATCH",
    details: { elements: data.length, shape: [...shape] },
    ...(hint === undefined ? {} : { hint }),
  });
}

/** An array of the dtype, zeroed, in a buffer of its own: fixed in size, not shared, and of this realm. */
export function emptyElements(dtype: DType, length: number): Elements {
  try {
    if (dtype === "f64") return new Float64Array(length);
    return dtype === "f32" ? new Float32Array(length) : new Uint16Array(length);
  } catch (cause) {
    const bytes = length * bytesPerElement[dtype];
    throw new SystemError("OUT_OF_MEMORY", `${bytes} bytes of memory could not be allocated.`, { bytes }, { cause });
  }
}
