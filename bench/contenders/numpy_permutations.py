# One permutation and one pair after the other, Gram matrices centred and kept: gather rows and columns, multiply, sum.
# FILE PAIRS PERMUTATIONS: as many of either as are to be timed.
import json, sys, time
import numpy as np

X = np.load(sys.argv[1])
pairs, permutations = int(sys.argv[2]), int(sys.argv[3])
grams = []
for x in X:
    x = x - x.mean(axis=0)
    grams.append(x @ x.T)
every = [(a, b) for a in range(len(grams)) for b in range(a + 1, len(grams))][:pairs]
random = np.random.default_rng(0)
start = time.perf_counter()
for _ in range(permutations):
    pi = random.permutation(len(X[0]))
    for a, b in every:
        (grams[a] * grams[b][pi][:, pi]).sum()
seconds = time.perf_counter() - start
print(json.dumps({"secondsEach": seconds / (permutations * len(every))}))
