// The minimiser on functions whose minima are known.
import { expect, test } from "vitest";

import { type Evaluation, minimise, type MinimiseOptions } from "../../lib/stitching/minimise.ts";

const options: MinimiseOptions = { maxIterations: 500, tolerance: 1e-14, floor: 0 };

function rosenbrock(x: Float64Array): Promise<Evaluation> {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i += 1) {
    const [a, b] = [x[i]!, x[i + 1]!];
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    gradient[i]! += -400 * a * (b - a * a) - 2 * (1 - a);
    gradient[i + 1]! += 200 * (b - a * a);
  }
  return Promise.resolve({ value, gradient });
}

test.each([2, 10, 50])("Rosenbrock's function of %i variables: 0 at ones", async (n) => {
  const start = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
  // In 4 to 7 variables there is a second minimum near (−1, 1, …), to which this start might lead; not in these numbers.
  const { x, value, history, evaluations, iterations } = await minimise(rosenbrock, start, {
    ...options,
    floor: 1e-24,
  });
  // The valley's floor is flat: values of 1e-20 stand for distances of 1e-10 to 1e-9.
  expect(value).toBeLessThan(1e-18);
  for (const entry of x) expect(Math.abs(entry - 1)).toBeLessThan(1e-8);
  expect(evaluations).toBeLessThan(2 * iterations + 20);
  for (let k = 1; k < history.length; k += 1) expect(history[k]).toBeLessThanOrEqual(history[k - 1]!);
});

test("a quadratic of condition 10⁵ with a known minimum", async () => {
  const n = 40;
  const curvature = Float64Array.from({ length: n }, (_, i) => 10 ** ((5 * i) / (n - 1)));
  const at = Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1));
  const { value, converged } = await minimise(
    (x) => {
      let sum = 3;
      const gradient = new Float64Array(n);
      for (let i = 0; i < n; i += 1) {
        sum += 0.5 * curvature[i]! * (x[i]! - at[i]!) ** 2;
        gradient[i] = curvature[i]! * (x[i]! - at[i]!);
      }
      return Promise.resolve({ value: sum, gradient });
    },
    new Float64Array(n),
    { ...options, maxIterations: 2000 },
  );
  // It ends at decreases of 3·10⁻¹⁴ an iteration; hundreds of such would be left where curvatures differ by 10⁵.
  expect(value - 3).toBeLessThan(1e-10);
  expect(converged).toBe(true);
});

test("a function of two corners ends at the lower one", async () => {
  // |x| + 2|y − 1|: no gradient vanishes anywhere.
  const { value, history } = await minimise(
    ([x = NaN, y = NaN]) =>
      Promise.resolve({
        value: Math.abs(x) + 2 * Math.abs(y - 1),
        gradient: Float64Array.of(Math.sign(x), 2 * Math.sign(y - 1)),
      }),
    Float64Array.of(0.7, -2),
    options,
  );
  expect(value).toBeLessThan(1e-3 * history[0]!);
});

test("a quadratic of 70,000 variables", async () => {
  const n = 70_000;
  const { value, iterations } = await minimise(
    (x) => {
      let sum = 0;
      const gradient = new Float64Array(n);
      for (let i = 0; i < n; i += 1) {
        const c = 1 + (i % 100);
        sum += c * (x[i]! - 1) ** 2;
        gradient[i] = 2 * c * (x[i]! - 1);
      }
      return Promise.resolve({ value: sum, gradient });
    },
    new Float64Array(n),
    { ...options, floor: 1e-12 },
  );
  expect(value).toBeLessThan(1e-12);
  expect(iterations).toBeLessThan(200);
});

test("the start is the answer where it is the minimum, or where nothing is allowed or finite", async () => {
  const parabola = (x: Float64Array): Promise<Evaluation> =>
    Promise.resolve({ value: 1 + x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
  expect(await minimise(parabola, Float64Array.of(0), options)).toMatchObject({
    converged: true,
    iterations: 0,
    value: 1,
  });
  expect(await minimise(parabola, Float64Array.of(5), { ...options, maxIterations: 0 })).toMatchObject({
    converged: false,
    value: 26,
  });
  const nowhere = (): Promise<Evaluation> => Promise.resolve({ value: NaN, gradient: Float64Array.of(NaN) });
  expect(await minimise(nowhere, Float64Array.of(1), options)).toMatchObject({ converged: false, iterations: 0 });
});

test("values that are no numbers beyond a wall are stepped back from", async () => {
  // −log x + x, whose minimum is 1 at 1.
  const { x, value } = await minimise(
    ([at = NaN]) => Promise.resolve({ value: at - Math.log(at), gradient: Float64Array.of(1 - 1 / at) }),
    Float64Array.of(30),
    options,
  );
  expect(value).toBeCloseTo(1, 12);
  // A square root of the rounding of the value.
  expect(x[0]).toBeCloseTo(1, 6);
});

test("what the listener throws ends the search", async () => {
  const stop = new Error("enough");
  const searching = minimise(rosenbrock, Float64Array.of(-1.2, 1), {
    ...options,
    onIteration: (iteration) => {
      if (iteration === 3) throw stop;
    },
  });
  await expect(searching).rejects.toBe(stop);
});
