# FILE PAIRS DTYPE: affine stitchers by numpy.linalg.lstsq with a column of ones, one pair after the other, from layers of the first half
# to layers of the second; as many pairs as are to be timed, spread over all of them.
import json, sys, time
import numpy as np

X = np.load(sys.argv[1]).astype(sys.argv[3])
half = len(X) // 2
every = [(a, b) for a in range(half) for b in range(half, 2 * half)]
count = int(sys.argv[2])
chosen = [every[k * len(every) // count] for k in range(count)]
ones = np.ones((X.shape[1], 1), X.dtype)
error = None
start, busy = time.perf_counter(), time.process_time()
for a, b in chosen:
    source = np.hstack([X[a], ones])
    _, residuals, _, _ = np.linalg.lstsq(source, X[b], rcond=None)
    error = float(residuals.sum()) / len(source) if error is None else error
seconds, busy = time.perf_counter() - start, time.process_time() - busy
print(json.dumps({"secondsEach": seconds / count, "processorSecondsEach": busy / count, "error": error}))
