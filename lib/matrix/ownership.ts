import { types } from "node:util";

import { expected } from "../check.ts";
import type { Elements } from "../dtype.ts";
import { emptyElements, type TypedElements } from "./typed-array.ts";

/** A copy in a buffer that nobody else holds, whatever the source lies in: shared memory, a resizable buffer, part of a Buffer. */
export function copied({ data, dtype }: TypedElements): Elements {
  const own = emptyElements(dtype, data.length);
  own.set(data);
  return own;
}

/** Refuse what cannot be handed over whole. To be called before anything is done with the buffer. */
export function checkTakeable(data: Elements, name: string): void {
  const { buffer } = data;
  const copyInstead = "Leave `take` out to have it copied.";
  if (types.isSharedArrayBuffer(buffer)) {
    throw expected("an array that is not in shared memory, since `take` is true,", name, data, {
      hint: `A SharedArrayBuffer cannot be transferred. ${copyInstead}`,
    });
  }
  if ((buffer as ArrayBuffer & { resizable?: boolean }).resizable === true) {
    throw expected("an array in a buffer of fixed size, since `take` is true,", name, data, {
      hint: `A resizable ArrayBuffer stays resizable when it is transferred. ${copyInstead}`,
    });
  }
  if (data.byteOffset !== 0 || data.byteLength !== buffer.byteLength) {
    throw expected("an array that covers the whole of its ArrayBuffer, since `take` is true,", name, data, {
      hint:
        `It covers bytes ${data.byteOffset} to ${data.byteOffset + data.byteLength} of ${buffer.byteLength}, ` +
        `and \`take\` would carry off the rest as well. ${copyInstead}`,
    });
  }
}

/**
 * Take the buffer from its owner without a copy: the caller's array is detached (length 0) afterwards.
 * {@link checkTakeable} must have passed.
 */
export function taken({ data, dtype }: TypedElements, name: string): Elements {
  const own = transferred(data.buffer as ArrayBuffer);
  if (!("refusal" in own)) {
    if (dtype === "f64") return new Float64Array(own);
    return dtype === "f32" ? new Float32Array(own) : new Uint16Array(own);
  }
  throw expected("an array whose ArrayBuffer can be transferred, since `take` is true,", name, data, {
    hint: "This one belongs to a WebAssembly memory or a pool. Leave `take` out to have it copied.",
    cause: own.refusal,
  });
}

function transferred(buffer: ArrayBuffer): ArrayBuffer | { readonly refusal: unknown } {
  try {
    const own = structuredClone(buffer, { transfer: [buffer] });
    // Node.js 20 copies what it cannot transfer, and does not say so; later releases throw.
    return buffer.byteLength === 0 ? own : { refusal: undefined };
  } catch (refusal) {
    return { refusal };
  }
}
