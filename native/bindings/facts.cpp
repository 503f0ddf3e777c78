// facts and factsJob: the one pass over a matrix, on the calling thread or in the pool.
#include "../core/facts.h"

#include <memory>
#include <utility>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "bindings.h"

namespace gramian {

namespace {

Napi::Value toObject(Napi::Env env, const Facts& facts) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("nonFinite", static_cast<double>(facts.nonFinite));
  result.Set("nonFiniteRow", static_cast<double>(facts.nonFiniteRow));
  result.Set("nonFiniteColumn", static_cast<double>(facts.nonFiniteColumn));
  result.Set("mean", toFloat64Array(env, facts.mean));
  result.Set("centredNorm2", toFloat64Array(env, facts.centredNorm2));
  result.Set("dotMean", toFloat64Array(env, facts.dotMean));
  result.Set("rowMean", toFloat64Array(env, facts.rowMean));
  result.Set("meanNorm2", facts.meanNorm2);
  result.Set("scatter", facts.scatter);
  result.Set("maxAbs", facts.maxAbs);
  result.Set("constantColumns", toUint32Array(env, facts.constantColumns));
  result.Set("zeroRows", toUint32Array(env, facts.zeroRows));
  return result;
}

class FactsWork : public Work {
 public:
  explicit FactsWork(MatrixView view) : view_(view) {}
  std::size_t phases() const override { return 1; }
  std::size_t units(std::size_t) const override { return 1; }
  std::uint64_t total() const override { return 1; }
  void run(std::size_t, std::size_t, std::size_t) override {
    facts_ = findFacts(view_, this);
    advance();
  }
  const Facts& facts() const { return facts_; }

 private:
  MatrixView view_;
  Facts facts_;
};

}  // namespace

// facts(matrix), on the calling thread.
Napi::Value facts(const Napi::CallbackInfo& info) {
  Pins untilReturn;
  return toObject(info.Env(), findFacts(readMatrix(Fields(info[0], "matrix"), untilReturn)));
}

// factsJob(matrix, done)
Napi::Value factsJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  const auto work = std::make_shared<FactsWork>(readMatrix(Fields(info[0], "matrix"), request.pins));
  request.work = work;
  request.progress = info.Env().Null();
  request.done = info[1];
  request.result = [work](Napi::Env env) { return toObject(env, work->facts()); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
