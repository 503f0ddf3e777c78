import { ckaMetric } from "./alignment/cka.ts";
import { kaMetric } from "./alignment/ka.ts";
import { daMetric } from "./distance/da.ts";
import { dcorMetric } from "./distance/dcor.ts";
import { dcor2Metric } from "./distance/dcor2.ts";
import { dcov2Metric } from "./distance/dcov2.ts";
import { rsaCosineMetric } from "./distance/rsa-cosine.ts";
import { rsaKendallMetric } from "./distance/rsa-kendall.ts";
import { rsaPearsonMetric } from "./distance/rsa-pearson.ts";
import { rsaSpearmanMetric } from "./distance/rsa-spearman.ts";
import { cocoMetric } from "./independence/coco.ts";
import { hsicMetric } from "./independence/hsic.ts";
import { kccMetric } from "./independence/kcc.ts";
import { kgvMetric } from "./independence/kgv.ts";
import { kmiMetric } from "./independence/kmi.ts";
import { noccoMetric } from "./independence/nocco.ts";
import { gaussianMiMetric } from "./measures/gaussian-mi.ts";
import { gaussianW2Metric } from "./measures/gaussian-w2.ts";
import { mmd2Metric } from "./measures/mmd2.ts";
import { w2DependenceMetric } from "./measures/w2-dependence.ts";
import type { Metric } from "./metric.ts";
import { cknnaMetric } from "./neighbours/cknna.ts";
import { cycleKnnMetric } from "./neighbours/cycle-knn.ts";
import { editKnnMetric } from "./neighbours/edit-knn.ts";
import { jaccardKnnMetric } from "./neighbours/jaccard-knn.ts";
import { lcsKnnMetric } from "./neighbours/lcs-knn.ts";
import { mutualKnnMetric } from "./neighbours/mutual-knn.ts";
import { platonicCkaMetric } from "./platonic/platonic-cka.ts";
import { platonicCknnaMetric } from "./platonic/platonic-cknna.ts";
import { platonicCycleKnnMetric } from "./platonic/platonic-cycle-knn.ts";
import { platonicEditKnnMetric } from "./platonic/platonic-edit-knn.ts";
import { platonicLcsKnnMetric } from "./platonic/platonic-lcs-knn.ts";
import { platonicMutualKnnMetric } from "./platonic/platonic-mutual-knn.ts";
import { ccaRhoMetric } from "./shape/cca-rho.ts";
import { ccaRho2Metric } from "./shape/cca-rho2.ts";
import { gcdMetric } from "./shape/gcd.ts";
import { linearR2Metric } from "./shape/linear-r2.ts";
import { nbsMetric } from "./shape/nbs.ts";
import { procrustesMetric } from "./shape/procrustes.ts";
import { pwccaMetric } from "./shape/pwcca.ts";
import { shapeMetric } from "./shape/shape.ts";
import { svccaMetric } from "./shape/svcca.ts";
import { affineMisalignmentMetric } from "./stitching/affine-misalignment.ts";
import { misalignmentMetric } from "./stitching/misalignment.ts";

/** Every metric, in the order in which they are listed to people. A new metric is a new file and a line here. */
export const allMetrics: readonly Metric[] = [
  ckaMetric,
  kaMetric,
  daMetric,
  rsaPearsonMetric,
  rsaCosineMetric,
  rsaSpearmanMetric,
  rsaKendallMetric,
  dcov2Metric,
  dcor2Metric,
  dcorMetric,
  hsicMetric,
  cocoMetric,
  kccMetric,
  noccoMetric,
  kmiMetric,
  kgvMetric,
  mmd2Metric,
  gaussianMiMetric,
  gaussianW2Metric,
  w2DependenceMetric,
  ccaRhoMetric,
  ccaRho2Metric,
  gcdMetric,
  svccaMetric,
  pwccaMetric,
  linearR2Metric,
  procrustesMetric,
  nbsMetric,
  shapeMetric,
  misalignmentMetric,
  affineMisalignmentMetric,
  mutualKnnMetric,
  jaccardKnnMetric,
  cycleKnnMetric,
  lcsKnnMetric,
  editKnnMetric,
  cknnaMetric,
  platonicCkaMetric,
  platonicMutualKnnMetric,
  platonicCycleKnnMetric,
  platonicLcsKnnMetric,
  platonicEditKnnMetric,
  platonicCknnaMetric,
];
