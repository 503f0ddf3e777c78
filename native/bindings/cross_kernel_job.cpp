// crossKernelJob: a kernel between new samples and fitted rows, times dual coefficients, written into the caller's
// array.
#include <utility>

#include "../boundary/job.h"
#include "../core/pool/pool.h"
#include "../core/stitching/cross_kernel.h"
#include "bindings.h"
#include "choose.h"
#include "stitching_sides.h"

namespace gramian {

namespace {

CrossKernel readKernel(const Fields& fields) {
  using Kind = CrossKernel::Kind;
  CrossKernel kernel;
  kernel.kind = choose<Kind>(fields, "kind",
                             {{"linear", Kind::linear},
                              {"cosine", Kind::cosine},
                              {"polynomial", Kind::polynomial},
                              {"rbf", Kind::rbf},
                              {"laplacian", Kind::laplacian}});
  kernel.bandwidth = fields.number("bandwidth", 1);
  if (!(kernel.bandwidth > 0)) refuse(fields.nameOf("bandwidth"), "a positive number");
  kernel.gamma = fields.number("gamma", 1);
  kernel.offset = fields.number("offset", 0);
  if (fields.has("degree")) kernel.degree = static_cast<unsigned>(fields.size("degree", 1, 1u << 20));
  kernel.relative = fields.flag("relative");
  return kernel;
}

}  // namespace

// crossKernelJob(spec, progress, done)
Napi::Value crossKernelJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  Pins& pins = request.pins;
  const Fields fields(info[0], "spec");
  CrossKernelSpec spec;
  spec.kernel = readKernel(fields.object("kernel"));
  spec.fitted = readSide(fields.object("fitted"), pins);
  spec.samples = readSide(fields.object("samples"), pins);
  if (spec.samples.view.cols != spec.fitted.view.cols) {
    refuse(fields.nameOf("samples.matrix.cols"), std::to_string(spec.fitted.view.cols));
  }
  spec.outputs = fields.size("outputs", 1, std::size_t(1) << 31);
  spec.dual = fields.doubles("dual", spec.outputs * spec.fitted.view.rows, pins);
  if (fields.has("bias")) spec.bias = fields.doubles("bias", spec.outputs, pins);
  // The array is gramian's own, made for this job to write into.
  spec.out = const_cast<double*>(fields.doubles("out", spec.samples.view.rows * spec.outputs, pins));
  request.slots = fields.size("threads", 1, Pool::maxThreads);
  request.work = makeCrossKernel(spec);
  request.progress = info[1];
  request.done = info[2];
  request.result = [](Napi::Env env) { return env.Undefined(); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
