#include "operator.h"

#include <cmath>

#include "../kernel/cosine.h"
#include "../kernel/distance.h"
#include "../kernel/exponential.h"
#include "../kernel/polynomial.h"

namespace gramian {

Operator prepareOperator(const OperatorSpec& spec, const Source& source, const Work* work) {
  Operator op;
  op.source = spec.source;
  op.group = spec.group;
  op.map = spec.map;
  switch (spec.map) {
    case MapKind::linear:
      op.scale = std::ldexp(1.0, -2 * source.exponent);
      op.diagonal = source.norm2;
      op.offset = source.dotMean;
      op.constant = source.meanNorm2;
      break;
    case MapKind::rbf:
    case MapKind::laplacian: prepareExponential(spec, source, op); break;
    case MapKind::polynomial: preparePolynomial(spec, source, op); break;
    case MapKind::distance: prepareDistance(spec, source, op, work); break;
    case MapKind::cosine: prepareCosine(spec, source, op, work); break;
  }
  return op;
}

}  // namespace gramian
