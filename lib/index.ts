export { type EvaluationOptions } from "./bounds/check-stitching.ts";
export { type ExcessRisk, excessStitchingRisk } from "./bounds/excess-stitching-risk.ts";
export {
  type LinearStitchingModel,
  type LinearStitchingOptions,
  type LinearStitchingRisk,
  linearStitchingRisk,
} from "./bounds/linear-stitching-risk.ts";
export { type NestedLowerBound, nestedLowerBound } from "./bounds/nested-lower-bound.ts";
export { type NetworkLayers } from "./bounds/prepared-network.ts";
export { type GapPair, riskGapBound, type RiskGapInput } from "./bounds/risk-gap-bound.ts";
export { type Model, type Risk, risk } from "./bounds/risk.ts";
export { type RowSplit, splitRows } from "./bounds/split-rows.ts";
export { stitchNetworks, type StitchNetworksOptions } from "./bounds/stitch-networks.ts";
export {
  type BoundOptions,
  type StitchedPairModel,
  type StitchingBound,
  stitchingBound,
} from "./bounds/stitching-bound.ts";
export { type StitchedModel, stitchingRisk } from "./bounds/stitching-risk.ts";
export { type MetricEntry, metrics } from "./catalogue.ts";
export { type CompareOptions, type IntervalOptions } from "./compare-options.ts";
export { compare } from "./compare.ts";
export { Comparison, type MatrixQuery } from "./comparison.ts";
export { bytesPerElement, type DType, type Elements } from "./dtype.ts";
export {
  ArgumentError,
  DataError,
  type ErrorCode,
  FileError,
  type FileLocation,
  GramianError,
  SystemError,
} from "./errors.ts";
export { cka, ka } from "./functions/alignment.ts";
export { da, dcor, dcor2, type Dcor2Options, dcov2, rsa, type RsaOptions } from "./functions/distance.ts";
export { coco, hsic, type KappaOptions, kcc, kgv, kmi, type KmiOptions, nocco } from "./functions/independence.ts";
export { measure } from "./functions/measure.ts";
export {
  gaussianMi,
  type GaussianMiOptions,
  gaussianW2,
  w2Dependence,
  type W2DependenceOptions,
} from "./functions/measures.ts";
export { mmd2, type Mmd2Options } from "./functions/mmd2.ts";
export {
  cknna,
  type CknnaOptions,
  cycleKnn,
  editKnn,
  jaccardKnn,
  lcsKnn,
  mutualKnn,
  type NeighbourOptions,
} from "./functions/neighbours.ts";
export {
  type DirectionOption,
  type FeatureOptions,
  type KernelOptions,
  type PairOptions,
} from "./functions/pair-options.ts";
export {
  ccaRho,
  ccaRho2,
  gcd,
  linearR2,
  nbs,
  procrustes,
  pwcca,
  shapeDistance,
  type ShapeOptions,
  svcca,
  type SvccaOptions,
} from "./functions/shape.ts";
export { misalignment, type MisalignmentOptions } from "./functions/stitching.ts";
export { GramMatrix, type GramMatrixOptions } from "./gram-matrix.ts";
export { type FunctionHeadOptions, type HeadFunction } from "./heads/function-head.ts";
export { type Head, type Network } from "./heads/head.ts";
export { heads, type LinearHeadOptions, type LoadHeadOptions, type NetworkHeadOptions } from "./heads/heads.ts";
export { type Activation, type LayerNorm, type LeakyRelu, type LinearLayer, type NetworkLayer } from "./heads/layer.ts";
export { type HeadLipschitz, lipschitz, type LipschitzOptions } from "./heads/lipschitz.ts";
export { loadNetwork, type LoadNetworkOptions } from "./heads/load-network.ts";
export { type SampledLipschitz } from "./heads/sampled-lipschitz.ts";
export { openTensorFile } from "./io/open.ts";
export { type ReadOptions, type TensorData, type TensorFile, type TensorInfo } from "./io/tensor-file.ts";
export { writeSafetensors } from "./io/write-safetensors.ts";
export { type BandwidthOptions } from "./kernels/bandwidth.ts";
export { cosine } from "./kernels/cosine.ts";
export { describeKernel } from "./kernels/describe.ts";
export { type Bandwidth, type Estimator, type Kernel } from "./kernels/kernel.ts";
export { laplacian } from "./kernels/laplacian.ts";
export { linear } from "./kernels/linear.ts";
export { type MedianDistance } from "./kernels/median.ts";
export { parseKernel } from "./kernels/parse.ts";
export { polynomial, type PolynomialOptions } from "./kernels/polynomial.ts";
export { rbf } from "./kernels/rbf.ts";
export { type LayerAxis } from "./matrix/stack.ts";
export { type RowIndices } from "./matrix/rows.ts";
export { type TensorLike } from "./matrix/tensor-like.ts";
export { type ElementsLike } from "./matrix/typed-array.ts";
export { medianBandwidth, type MedianOptions } from "./median.ts";
export { type MetricRequest } from "./metrics/request.ts";
export { type PresetName } from "./metrics/preset-names.ts";
export { presets } from "./metrics/presets.ts";
export { type Layer } from "./layer.ts";
export { type Plan } from "./plan.ts";
export { type OnProgress, type Progress } from "./progress.ts";
export { reportEnvironment } from "./report-environment.ts";
export { type ReportEnvironment } from "./report/environment.ts";
export { fromResultsJson, toResultsJson } from "./report/json.ts";
export { type WrittenStitching, writeStitchingReport } from "./report/stitching/write.ts";
export { type WrittenTask, writeTaskReport } from "./report/task/write.ts";
export { writeReport } from "./report/write.ts";
export { type FromArrayOptions, type FromTensorOptions, Representation, type StackOptions } from "./representation.ts";
export { type LoadAllOptions, type LoadOptions } from "./representation/load.ts";
export {
  type Contributions,
  type SpectralAlignment,
  spectralAlignment,
  type SpectralAlignmentOptions,
} from "./spectral/alignment.ts";
export { type Spectrum } from "./spectral/describe-spectrum.ts";
export {
  type AlignmentInterval,
  type Concentration,
  concentrationInterval,
  type ConcentrationOptions,
} from "./spectral/interval.ts";
export { type KernelBound } from "./spectral/kernel-bound.ts";
export { type SpectralOptions } from "./spectral/options.ts";
export { spectrum, type SpectrumOptions } from "./spectral/spectrum.ts";
export { fitStitchers } from "./stitching/fit-stitchers.ts";
export { type KernelRidgeOptions } from "./stitching/kernel-ridge.ts";
export { type Lambda } from "./stitching/lambda.ts";
export { type LowRankOptions } from "./stitching/low-rank.ts";
export { type OrthogonalOptions } from "./stitching/orthogonal.ts";
export { parseStitcher } from "./stitching/parse.ts";
export { type PermutationOptions } from "./stitching/permutation.ts";
export { type RidgeOptions } from "./stitching/ridge.ts";
export {
  type FitOptions,
  type LinearMap,
  type MatchingError,
  type NoStitcher,
  type Stitcher,
  type StitcherKind,
  type StitcherMethod,
} from "./stitching/stitcher.ts";
export { stitchers } from "./stitching/stitchers.ts";
export {
  type TaskAwareOptions,
  type TaskAwareProblem,
  type TaskAwareResult,
  taskAwareStitcher,
} from "./stitching/task-aware.ts";
export { type Lipschitz, type LipschitzPart } from "./stitching-result.ts";
export { type LayerTask, type PredictorRisk, type TaskAlignment } from "./task-result.ts";
export { taskAlignment } from "./task/alignment.ts";
export { type TaskOptions } from "./task/options.ts";
export { type TargetArray, type Targets } from "./task/targets.ts";
export { type NativeFacts } from "./native.ts";
export {
  type Cell,
  type CellStatus,
  type ComparisonData,
  type LayerSummary,
  type MetricMatrix,
  type PairRecord,
  type ResultWarning,
} from "./result.ts";
