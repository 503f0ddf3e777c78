/**
 * The tensors of other libraries, as far as gramian looks at them, with the traps of each: written after their public behaviour, so that
 * the tests need none of them installed.
 */

type Elements = Float64Array | Float32Array | Uint16Array | Int32Array | BigInt64Array;

/** onnxruntime's: getters that throw once the elements are elsewhere or gone. */
export class OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly #data: Elements;
  readonly #location: string;

  constructor(type: string, data: Elements, dims: readonly number[], location = "cpu") {
    this.type = type;
    this.dims = dims;
    this.#data = data;
    this.#location = location;
  }

  get location(): string {
    return this.#location;
  }

  get data(): Elements {
    if (!this.#location.startsWith("cpu")) throw new Error("The data is not on CPU.");
    return this.#data;
  }
}

/** transformers.js's: `stride` is a method, and numeric keys give sub-tensors through a proxy. */
export class TransformersTensor {
  readonly type: string;
  readonly dims: number[];
  readonly data: Elements;
  readonly location = "cpu";

  constructor(type: string, data: Elements, dims: number[]) {
    this.type = type;
    this.dims = dims;
    this.data = data;
    return new Proxy(this, {
      get(target, key, receiver): unknown {
        if (typeof key === "string" && Number.isInteger(Number(key))) return { dims: target.dims.slice(1) };
        return Reflect.get(target, key, receiver);
      },
    });
  }

  stride(): number[] {
    return this.dims.map((_, axis) => this.dims.slice(axis + 1).reduce((product, length) => product * length, 1));
  }
}

/** tfjs's: `data` is an asynchronous method, `strides` lacks the last axis, and a disposed tensor throws. */
export class TfTensor {
  readonly shape: number[];
  readonly dtype: string;
  readonly strides: number[];
  isDisposed = false;
  readonly #values: Elements;

  constructor(values: Elements, shape: number[], dtype = "float32") {
    this.#values = values;
    this.shape = shape;
    this.dtype = dtype;
    this.strides = shape
      .slice(0, -1)
      .map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  }

  async data(): Promise<Elements> {
    return await Promise.resolve(this.dataSync());
  }

  dataSync(): Elements {
    if (this.isDisposed) throw new Error("Tensor is disposed.");
    return this.#values.slice();
  }
}

/** ndarray's: strides in elements, and views that share their data. */
export class NdArray {
  readonly data: Elements | number[];
  readonly shape: number[];
  readonly stride: number[];
  readonly offset: number;

  constructor(data: Elements | number[], shape: number[], stride?: number[], offset = 0) {
    this.data = data;
    this.shape = shape;
    this.stride =
      stride ?? shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
    this.offset = offset;
  }

  get dtype(): string {
    return Array.isArray(this.data) ? "array" : this.data.constructor.name.replace("Array", "").toLowerCase();
  }

  transpose(...order: number[]): NdArray {
    const pick = (values: readonly number[]): number[] => order.map((axis) => values[axis] ?? 0);
    return new NdArray(this.data, pick(this.shape), pick(this.stride), this.offset);
  }

  /** Every `by`-th along the axis; from the end when negative. */
  step(axis: number, by: number): NdArray {
    const length = this.shape[axis] ?? 0;
    const stride = this.stride[axis] ?? 0;
    return new NdArray(
      this.data,
      this.shape.with(axis, Math.ceil(length / Math.abs(by))),
      this.stride.with(axis, stride * by),
      this.offset + (by < 0 ? (length - 1) * stride : 0),
    );
  }

  /** Without the first `by` along the axis. */
  low(axis: number, by: number): NdArray {
    const shape = this.shape.with(axis, (this.shape[axis] ?? 0) - by);
    return new NdArray(this.data, shape, this.stride, this.offset + by * (this.stride[axis] ?? 0));
  }
}
