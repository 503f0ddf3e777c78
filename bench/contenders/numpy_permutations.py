# A permutation test of CKA as a loop of single permutations: every Gram matrix centred once and kept in f32; then, for a pair and a
# permutation, one matrix with rows and columns exchanged and one product sum. Timed on some and extrapolated to all: FILE PAIRS TIMED PERMUTATIONS
import json, sys, time
import numpy as np

X = np.load(sys.argv[1]).astype(np.float32, copy=False)
count, timed, permutations = (int(text) for text in sys.argv[2:5])
grams = []
preparing = time.perf_counter()
for x in X:
    x = x - x.mean(axis=0)
    grams.append(x @ x.T)
norms = [np.sqrt(np.vdot(k, k)) for k in grams]
preparing = time.perf_counter() - preparing
L, n = len(grams), len(grams[0])
pairs = [(a, b) for a in range(L) for b in range(a + 1, L)]
chosen = pairs[:: max(1, len(pairs) // count)][:count]
random = np.random.default_rng(1)
p_values = []
start = time.perf_counter()
for a, b in chosen:
    k, l, scale = grams[a], grams[b], norms[a] * norms[b]
    observed = np.vdot(k, l) / scale
    above = 0
    for _ in range(timed):
        p = random.permutation(n)
        above += np.vdot(k, l[p][:, p]) / scale >= observed
    p_values.append((1 + above) / (1 + timed))
each = (time.perf_counter() - start) / (len(chosen) * timed)
print(
    json.dumps(
        {
            "seconds": preparing + each * len(pairs) * permutations,
            "secondsOfOnePermutation": each,
            "measuredPairs": len(chosen),
            "measuredPermutations": timed,
            "pairs": len(pairs),
            "permutations": permutations,
            "first": float(p_values[0]),
        }
    )
)
