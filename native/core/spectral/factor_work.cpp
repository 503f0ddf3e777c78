// One request a unit: reads the features or the kernel matrix, picks the route, writes the outputs.
#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "../error.h"
#include "cholesky_factor.h"
#include "factor.h"
#include "factor_output.h"
#include "feature_spectrum.h"
#include "features.h"
#include "kernel_spectrum.h"
#include "ones_residual.h"
#include "operator_matrix.h"
#include "solver_factor.h"

namespace gramian {

namespace {

using Kind = FactorOutput::Kind;

bool linearFeatures(const FactorRequest& request) {
  return request.map.map == MapKind::linear && request.source.kind != SourceSpec::Kind::gram;
}

bool any(const FactorRequest& request, Kind kind) {
  return std::any_of(request.outputs.begin(), request.outputs.end(),
                     [kind](const FactorOutput& output) { return output.kind == kind; });
}

// Outputs in f64 are wanted to more digits than f32 has; so is a spectrum that is all there is.
Digits digitsOf(const FactorRequest& request) {
  if (request.accurate) return Digits::all;
  const bool precise =
      request.outputs.empty() || std::any_of(request.outputs.begin(), request.outputs.end(),
                                             [](const FactorOutput& o) { return o.dtype == DType::f64; });
  return precise ? Digits::ten : Digits::few;
}

class Factors : public FactorWork {
 public:
  explicit Factors(std::vector<FactorRequest> requests) : requests_(std::move(requests)), results_(requests_.size()) {}

  std::size_t phases() const override { return 1; }
  std::size_t units(std::size_t) const override { return requests_.size(); }
  std::uint64_t total() const override { return requests_.size(); }
  const std::vector<FactorResult>& results() const override { return results_; }

  void run(std::size_t, std::size_t unit, std::size_t) override {
    const FactorRequest& request = requests_[unit];
    if (linearFeatures(request)) fromFeatures(request, results_[unit]);
    else fromKernel(request, results_[unit]);
    advance();
  }

 private:
  KeepGoing keepGoing() const {
    return [this] {
      if (cancelled()) throw Cancelled();
    };
  }

  void fromFeatures(const FactorRequest& request, FactorResult& result) {
    Features features = readFeatures(request.source, request.source.view.rows, request.centred, *this, takeMemory());
    factorise(request, features, result);
    giveMemory(std::move(features.x));
  }

  void factorise(const FactorRequest& request, Features& features, FactorResult& result) const {
    const std::size_t n = features.samples;
    const double unit = std::ldexp(1.0, -2 * features.exponent);
    const std::size_t d = features.kept();
    const std::size_t mostRank = request.centred ? n - 1 : n;
    const bool solver = any(request, Kind::solver);
    const bool spectral = request.accurate || request.eigenvalues || any(request, Kind::basis) ||
                          any(request, Kind::right) || any(request, Kind::explained);
    const auto byCholesky = [&] {
      if (solver) return !request.eigenvalues && solverFactor(features, mostRank, request.outputs, keepGoing());
      return !spectral && d > 0 && d <= mostRank && choleskyFactor(features, request.outputs, keepGoing());
    };
    if (byCholesky()) {
      result.rank = d;
      result.trace = features.trace * unit;
      result.route = "cholesky";
      return;
    }
    const bool right = solver || any(request, Kind::right);
    Spectrum found = featureSpectrum(features, request.centred, right, digitsOf(request), keepGoing());
    take(request, found, unit, result);
    writeRights(request, Kind::right, features, found);
    if (!solver) return;
    // M = V·diag(1/σ), of the features before they were scaled.
    const std::size_t kept = features.kept();
    for (std::size_t k = 0; k < found.rank; ++k) {
      const double factor = std::ldexp(1 / std::sqrt(found.lambda[k]), features.exponent);
      for (std::size_t j = 0; j < kept; ++j) found.right.data()[k * kept + j] *= factor;
    }
    writeRights(request, Kind::solver, features, found);
  }

  static void writeRights(const FactorRequest& request, Kind kind, const Features& features, const Spectrum& found) {
    for (const FactorOutput& output : request.outputs) {
      if (output.kind != kind) continue;
      writeRight(output, features.given, found.rank, found.right.data(), features.columns);
    }
  }

  void fromKernel(const FactorRequest& request, FactorResult& result) const {
    const std::size_t n = request.source.view.rows;
    OperatorMatrix matrix = operatorMatrix(request.source, request.map, n, request.centred, *this);
    const Spectrum found = kernelSpectrum(matrix, n, request.tolerance, keepGoing());
    take(request, found, matrix.scale, result);
  }

  // The result, and all outputs with a row a sample. `unit` brings the spectrum to true units.
  void take(const FactorRequest& request, const Spectrum& found, double unit, FactorResult& result) const {
    const std::size_t n = request.source.view.rows;
    result.rank = found.rank;
    result.trace = found.trace * unit;
    result.residual = found.residual * unit;
    result.indefinite = found.least * unit;
    result.route = found.route;
    if (request.eigenvalues) {
      for (double lambda : found.lambda) result.eigenvalues.push_back(lambda * unit);
    }
    for (const FactorOutput& output : request.outputs) {
      if (output.kind == Kind::right || output.kind == Kind::solver) continue;
      std::vector<double> factors, left;
      const double added = static_cast<double>(n) * output.kappa / unit;
      for (double lambda : found.lambda) {
        const double share = lambda / (lambda + added), rest = added / (lambda + added);
        if (output.kind == Kind::ridge) factors.push_back(std::sqrt(share));
        if (output.kind != Kind::explained) continue;
        factors.push_back(std::sqrt(share * (1 + rest)));
        left.push_back(rest);
      }
      if (output.onesResidual) onesResidual(found, n, left, output.onesResidual);
      writeColumns(output, n, found.rank, found.u.data(), found.stride, factors, keepGoing());
    }
  }

  Aligned<double> takeMemory() {
    const std::lock_guard<std::mutex> lock(memoryMutex_);
    if (memory_.empty()) return {};
    Aligned<double> memory = std::move(memory_.back());
    memory_.pop_back();
    return memory;
  }

  void giveMemory(Aligned<double> memory) {
    const std::lock_guard<std::mutex> lock(memoryMutex_);
    memory_.push_back(std::move(memory));
  }

  std::mutex memoryMutex_;
  // The features' arrays of units that have ended, one for each that ran at a time.
  std::vector<Aligned<double>> memory_;
  const std::vector<FactorRequest> requests_;
  std::vector<FactorResult> results_;
};

}  // namespace

std::unique_ptr<FactorWork> makeFactors(std::vector<FactorRequest> requests) {
  return std::make_unique<Factors>(std::move(requests));
}

}  // namespace gramian
