# Both Gram matrices of each pair built and mean-centred anew, the three HSICs from them. Timed on some pairs and extrapolated to all: FILE PAIRS
import json, sys, time
import numpy as np

X = np.load(sys.argv[1])
count = int(sys.argv[2])


def centred_gram(x):
    k = x @ x.T
    k = k - k.mean(axis=0, keepdims=True)
    return k - k.mean(axis=1, keepdims=True)


def cka(x, y):
    k, l = centred_gram(x), centred_gram(y)
    return np.sum(k * l) / np.sqrt(np.sum(k * k) * np.sum(l * l))


L = len(X)
pairs = [(a, b) for a in range(L) for b in range(a + 1, L)]
first = cka(X[0], X[1])
start = time.perf_counter()
for a, b in pairs[:: max(1, len(pairs) // count)][:count]:
    cka(X[a], X[b])
each = (time.perf_counter() - start) / count
print(json.dumps({"seconds": each * len(pairs), "measuredPairs": count, "pairs": len(pairs), "first": float(first)}))
