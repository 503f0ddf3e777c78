// medianJob: the median pairwise distances of several matrices.
#include <memory>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "../core/bandwidth.h"
#include "../core/pool/pool.h"
#include "bindings.h"

namespace gramian {

// medianJob(requests, threads, progress, done): the median pairwise distance of each.
Napi::Value medianJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  std::vector<MedianRequest> requests;
  for (const Fields& fields : listOf(info[0], "requests")) {
    MedianRequest median;
    median.view = readMatrix(fields.object("matrix"), request.pins);
    median.mean = fields.doubles("mean", median.view.cols, request.pins);
    median.rows = fields.indices("rows", median.view.rows);
    requests.push_back(std::move(median));
  }
  const std::shared_ptr<MedianWork> work = medianDistances(std::move(requests));
  request.work = work;
  request.slots = sizeOf(info[1], "threads", 1, Pool::maxThreads);
  request.progress = info[2];
  request.done = info[3];
  request.result = [work](Napi::Env env) { return toFloat64Array(env, work->medians()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
