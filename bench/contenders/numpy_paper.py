# Every measure of the paper pair by pair in numpy and SciPy, as a user writes it who knows both: level-3 BLAS wherever there is some, one
# eigendecomposition a layer and kernel, determinants instead of spectra. Timed on some pairs, by family, what is made of one layer apart from what is
# made of two, and extrapolated to all. FILE PAIRS [KERNELS [defaults]]: `defaults` leaves out what the paper preset does not ask for (distances other than
# Euclidean, Bach and Jordan's regularisation, half whitening, MMD with an RBF kernel).
import json, sys, time
from collections import defaultdict
import numpy as np
import scipy.linalg as sla
import scipy.stats as stats

KERNELS = ("linear", "cosine", "rbf", "laplacian")
KAPPA, SHARE, K = 1e-3, 0.99, 10
DEFAULTS = len(sys.argv) > 4
EPS = float(np.finfo(np.float32).eps)


class Clock:
    """Seconds by family; `with clock("ranks"):` adds to one of them."""

    def __init__(self):
        self.seconds = defaultdict(float)

    def __call__(self, family):
        self.family = family
        return self

    def __enter__(self):
        self.start = time.perf_counter()

    def __exit__(self, *_):
        self.seconds[self.family] += time.perf_counter() - self.start


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def squared_distances(x, y=None):
    y = x if y is None else y
    d = -2 * (x @ y.T)
    d += (x * x).sum(axis=1)[:, None]
    d += (y * y).sum(axis=1)
    return np.maximum(d, 0, out=d)


def centre(k):
    rows = k.mean(axis=0)
    return k - rows - rows[:, None] + rows.mean()


def hsic_unbiased(k, l):
    """k and l with zero diagonals."""
    n = len(k)
    a, b = k.sum(axis=0), l.sum(axis=0)
    return (np.vdot(k, l) + a.sum() * b.sum() / (n - 1) / (n - 2) - 2 * (a @ b) / (n - 2)) / (n * (n - 3))


def hollow(k):
    k = k.copy()
    np.fill_diagonal(k, 0)
    return k


def correlation(a, b):
    a, b = a - a.mean(), b - b.mean()
    return cosine(a, b)


def cosine(a, b):
    return np.vdot(a, b) / np.sqrt(np.vdot(a, a) * np.vdot(b, b))


class Layer:
    def __init__(self, x, kernels, clock):
        n = len(x)
        self.x, upper = x, np.triu_indices(n, 1)
        with clock("kernels"):
            self.mean = x.mean(axis=0)
            self.xc = x - self.mean
            units = unit(x)
            squared = squared_distances(self.xc)
            np.fill_diagonal(squared, 0)
            euclidean = np.sqrt(squared)
            self.condensed = {"squared": squared[upper], "euclidean": euclidean[upper]}
            median = np.median(self.condensed["euclidean"])
            cosines = units @ units.T
            make = {
                "linear": lambda: x @ x.T,
                "cosine": lambda: cosines,
                "rbf": lambda: np.exp(squared / (-2 * median**2)),
                "laplacian": lambda: np.exp(euclidean / -median),
            }
            self.k = {name: make[name]() for name in kernels}
            self.kc = {name: centre(k) for name, k in self.k.items()}
            self.ko = {name: hollow(k) for name, k in self.k.items()}
        with clock("distances"):
            self.d, self.dc = euclidean, centre(euclidean)
        with clock("distances" if not DEFAULTS else "extras"):
            rows = unit(x - x.mean(axis=1, keepdims=True))
            self.condensed["correlation"] = 1 - (rows @ rows.T)[upper]
            self.condensed["cosine"] = 1 - cosines[upper]
        with clock("ranks"):
            ranked = ["euclidean"] if DEFAULTS else [name for name in self.condensed if name != "squared"]
            self.ranks = {name: stats.rankdata(self.condensed[name]) for name in ranked}
        with clock("independence"):
            self.eigen = {}
            for name, kc in self.kc.items():
                eta, u = np.linalg.eigh(kc)
                keep = eta > n * EPS * eta[-1]
                self.eigen[name] = eta[keep] / n, u[:, keep]
        with clock("subspaces"):
            u, s, vt = np.linalg.svd(self.xc, full_matrices=False)
            r = int((s > max(x.shape) * EPS * s[0]).sum())
            self.u, self.s, self.vt, self.r = u[:, :r], s[:r], vt[:r], r
            power = np.cumsum(s**2)
            self.kept = int(np.searchsorted(power, SHARE * power[-1])) + 1
            half = 0.5 * self.s / np.linalg.norm(self.s) + 0.5 / np.sqrt(r)
            self.half = self.u * (half / np.linalg.norm(half))
        with clock("measures"):
            self.cov = self.xc.T @ self.xc / n
            values, vectors = np.linalg.eigh(self.cov)
            self.root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
        with clock("neighbours"):
            similar = cosines.copy()
            np.fill_diagonal(similar, -np.inf)
            part = np.argpartition(-similar, K, axis=1)[:, :K]
            order = np.argsort(-np.take_along_axis(similar, part, axis=1), axis=1, kind="stable")
            self.nn = np.take_along_axis(part, order, axis=1)
            self.mask = np.zeros((n, n), dtype=bool)
            np.put_along_axis(self.mask, self.nn, True, axis=1)
            self.cosines = cosines


def alignment(a, b, out):
    n = len(a.x)
    for name in a.k:
        out[f"ka.{name}"] = cosine(a.k[name], b.k[name])
        out[f"cka.{name}"] = cosine(a.kc[name], b.kc[name])
        out[f"hsic.{name}"] = np.vdot(a.kc[name], b.kc[name]) / (n - 1) ** 2
        ao, bo = a.ko[name], b.ko[name]
        cross = out[f"hsic.{name}.unbiased"] = hsic_unbiased(ao, bo)
        out[f"cka.{name}.debiased"] = cross / np.sqrt(hsic_unbiased(ao, ao) * hsic_unbiased(bo, bo))


def distances(a, b, out):
    n = len(a.x)
    out["da.cosine"] = 4 * np.square(a.cosines - b.cosines).mean()
    if not DEFAULTS:
        out["da"] = 2 * np.square(a.condensed["squared"] - b.condensed["squared"]).sum() / n**2
    for name in ["euclidean"] if DEFAULTS else a.condensed:
        out[f"rsa.{name}.pearson"] = correlation(a.condensed[name], b.condensed[name])
        out[f"rsa.{name}.cosine"] = cosine(a.condensed[name], b.condensed[name])
    out["dcov2"] = np.vdot(a.dc, b.dc) / n**2
    out["dcor2"] = cosine(a.dc, b.dc)
    cross = hsic_unbiased(a.d, b.d)
    out["dcor2.biascorrected"] = cross / np.sqrt(hsic_unbiased(a.d, a.d) * hsic_unbiased(b.d, b.d))


def ranks(a, b, out):
    for name in a.ranks:  # squared distances have the order of distances
        out[f"rsa.{name}.spearman"] = correlation(a.ranks[name], b.ranks[name])
        out[f"rsa.{name}.kendall"] = stats.kendalltau(a.ranks[name], b.ranks[name]).statistic


def independence(a, b, out):
    n = len(a.x)
    for name in a.eigen:
        (eta, u), (theta, v) = a.eigen[name], b.eigen[name]
        c = u.T @ v
        root = lambda f, g: np.sqrt(f)[:, None] * c * np.sqrt(g)
        out[f"coco.{name}"] = np.linalg.norm(root(eta, theta), 2)
        kmi = root(eta, theta)  # ν = 1/n on each side: n²/n² of the eigenvalues of K̃/n
        out[f"kmi.{name}"] = -np.linalg.slogdet(np.eye(len(c), dtype=c.dtype) - kmi @ kmi.T)[1] / 2
        both = (("", KAPPA, 1), (".bach-jordan", KAPPA / 2, 2))
        for label, kappa, power in both[:1] if DEFAULTS else both:
            m = root((eta / (eta + kappa)) ** power, (theta / (theta + kappa)) ** power)
            square = m @ m.T
            out[f"kcc.{name}{label}"] = np.sqrt(
                sla.eigvalsh(square, subset_by_index=[len(square) - 1, len(square) - 1])[0]
            )
            out[f"kgv.{name}{label}"] = -np.linalg.slogdet(np.eye(len(square), dtype=c.dtype) - square)[1] / 2
            if not label:
                out[f"nocco.{name}"] = np.trace(square)


def subspaces(a, b, out):
    turn, rho, turned = np.linalg.svd(a.u.T @ b.u, full_matrices=False)
    rho = np.minimum(rho, 1)
    out["rho"] = rho
    out["cca.meanRho"], out["cca.meanRho2"] = rho.mean(), (rho**2).mean()
    out["gcd.yanai"] = (rho**2).sum() / np.sqrt(a.r * b.r)
    out["svcca"] = np.linalg.svd(a.u[:, : a.kept].T @ b.u[:, : b.kept], compute_uv=False).mean()
    for name, layer, q in (("1to2", a, turn), ("2to1", b, turned.T)):
        weight = np.abs((q.T * layer.s) @ layer.vt).sum(axis=1)
        out[f"pwcca.{name}"] = weight @ rho / weight.sum()
    out["linreg.r2.1to2"] = np.square(a.u.T @ b.xc).sum() / np.square(b.s).sum()
    out["linreg.r2.2to1"] = np.square(b.u.T @ a.xc).sum() / np.square(a.s).sum()
    nuclear = np.linalg.svd(a.xc.T @ b.xc, compute_uv=False).sum()
    first, second = np.linalg.norm(a.s), np.linalg.norm(b.s)
    out["procrustes.dist2"] = first**2 + second**2 - 2 * nuclear
    out["nbs"] = nuclear / first / second
    out["shape.angular"] = np.arccos(min(1, out["nbs"]))
    if not DEFAULTS:
        out["shape.half-whitened"] = np.arccos(min(1, np.linalg.svd(a.half.T @ b.half, compute_uv=False).sum()))


def measures(a, b, out):
    rho = out.pop("rho")
    with np.errstate(divide="ignore"):
        out["gaussianMI"] = -np.log1p(-(rho**2)).sum() / 2
    out["w2.dependence"] = (4 - 2 * (np.sqrt(1 + rho) + np.sqrt(1 - rho))).sum()
    out["w2.dependence.printed"] = 2 * (1 - np.sqrt(1 - rho**2)).sum()
    if a.x.shape[1] != b.x.shape[1]:
        return
    nuclear = np.linalg.svd(a.root @ b.root, compute_uv=False).sum()
    shift = a.mean - b.mean
    out["w2.gaussian"] = shift @ shift + np.trace(a.cov) + np.trace(b.cov) - 2 * nuclear
    n, m = len(a.x), len(b.x)
    out["mmd2.linear.biased"] = shift @ shift
    if DEFAULTS:
        return
    d = squared_distances(np.concatenate([a.x, b.x]))
    np.fill_diagonal(d, 0)
    median = np.sqrt(np.median(d[np.triu_indices(n + m, 1)]))
    k = np.exp(d / (-2 * median**2))
    xx, yy, xy = k[:n, :n].sum(), k[n:, n:].sum(), k[:n, n:].sum()
    out["mmd2.rbf.biased"] = xx / n**2 + yy / m**2 - 2 * xy / (n * m)
    out["mmd2.rbf.unbiased"] = (xx - n) / (n * (n - 1)) + (yy - m) / (m * (m - 1)) - 2 * xy / (n * m)


def neighbours(a, b, out):
    n = len(a.x)
    shared = (a.mask & b.mask).sum(axis=1)
    out["mutualKnn"] = shared.mean() / K
    out["jaccardKnn"] = (shared / (2 * K - shared)).mean()
    samples = np.arange(n)[:, None, None]
    out["cycleKnn.1to2"] = (b.nn[a.nn] == samples).any(axis=(1, 2)).mean()
    out["cycleKnn.2to1"] = (a.nn[b.nn] == samples).any(axis=(1, 2)).mean()
    # Both tables of the dynamic programmes at once for all samples: k² steps.
    lcs = np.zeros((K + 1, K + 1, n), dtype=np.int32)
    edit = np.zeros((K + 1, K + 1, n), dtype=np.int32)
    edit[:, 0], edit[0, :] = np.arange(K + 1)[:, None], np.arange(K + 1)[:, None]
    for i in range(1, K + 1):
        for j in range(1, K + 1):
            same = a.nn[:, i - 1] == b.nn[:, j - 1]
            lcs[i, j] = np.where(same, lcs[i - 1, j - 1] + 1, np.maximum(lcs[i - 1, j], lcs[i, j - 1]))
            edit[i, j] = np.minimum(edit[i - 1, j - 1] + ~same, np.minimum(edit[i - 1, j], edit[i, j - 1]) + 1)
    out["lcsKnn"], out["editKnn"] = lcs[K, K].mean() / K, 1 - edit[K, K].mean() / K
    both = lambda p, q: (p & q) | (p & q).T
    for name, hsic in (("biased", lambda k, l: np.vdot(centre(k), centre(l))), ("debiased", hsic_unbiased)):
        masked = lambda x, y, p, q: hsic(x.cosines * both(p, q), y.cosines * both(p, q))
        own = masked(a, a, a.mask, a.mask) * masked(b, b, b.mask, b.mask)
        out[f"cknna.{name}"] = masked(a, b, a.mask, b.mask) / np.sqrt(own)


FAMILIES = {
    "alignment": alignment,
    "distances": distances,
    "ranks": ranks,
    "independence": independence,
    "subspaces": subspaces,
    "measures": measures,
    "neighbours": neighbours,
}


def compare(a, b, clock):
    out = {}
    for family, answer in FAMILIES.items():
        with clock(family):
            answer(a, b, out)
    # JSON has no infinity.
    return {name: float(value) if np.isfinite(value) else str(value) for name, value in out.items()}


if __name__ == "__main__":
    X = np.load(sys.argv[1])
    count = int(sys.argv[2])
    kernels = sys.argv[3].split(",") if len(sys.argv) > 3 else KERNELS
    pairs = [(a, b) for a in range(len(X)) for b in range(a + 1, len(X))]
    chosen = pairs[:: max(1, len(pairs) // count)][:count]
    of_one, of_two = Clock(), Clock()
    # BLAS threads and pages are warm before the clock runs.
    first = compare(Layer(X[0], kernels, Clock()), Layer(X[1], kernels, Clock()), Clock())
    for a, b in chosen:
        compare(Layer(X[a], kernels, of_one), Layer(X[b], kernels, of_one), of_two)
    families = {
        family: {
            "secondsOfOneLayer": of_one.seconds[family] / (2 * len(chosen)),
            "secondsOfOnePair": of_two.seconds[family] / len(chosen),
        }
        for family in ["kernels", *FAMILIES]
    }
    # Beside the families: what was computed and not asked for.
    one = sum(family["secondsOfOneLayer"] for family in families.values())
    two = sum(family["secondsOfOnePair"] for family in families.values())
    for family in families.values():
        family["seconds"] = len(pairs) * (2 * family["secondsOfOneLayer"] + family["secondsOfOnePair"])
    print(
        json.dumps(
            {
                # Both layers of every pair made ready anew.
                "seconds": len(pairs) * (2 * one + two),
                # As if everything made of one layer were kept for all its pairs.
                "secondsLayersKept": len(X) * one + len(pairs) * two,
                "measuredPairs": len(chosen),
                "pairs": len(pairs),
                "kernels": list(kernels),
                "families": families,
                "first": first,
            }
        )
    )
