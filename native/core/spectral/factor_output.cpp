#include "factor_output.h"

#include <algorithm>
#include <string>

#include "../error.h"

namespace gramian {

namespace {

void refuseNarrow(const FactorOutput& output, std::size_t rank) {
  if (rank <= output.cols) return;
  throw CoreError("INVALID_ARGUMENT", "Expected at least " + std::to_string(rank) + " columns for a factor of rank " +
                                          std::to_string(rank) + ".");
}

// Zeros beyond the rank, and what is told of a row beside it.
template <class Real>
void close(const FactorOutput& output, std::size_t i, std::size_t rows, std::size_t rank) {
  Real* row = static_cast<Real*>(output.data) + i * output.cols;
  std::fill(row + rank, row + output.cols, Real(0));
  if (output.leverages) {
    double leverage = 0;
    for (std::size_t k = 0; k < rank; ++k) leverage += static_cast<double>(row[k]) * static_cast<double>(row[k]);
    output.leverages[i] = leverage;
  }
  if (!output.means) return;
  for (std::size_t k = 0; k < rank; ++k) output.means[k] += static_cast<double>(row[k]) / static_cast<double>(rows);
}

template <class Real>
void write(const FactorOutput& output, std::size_t rows, std::size_t rank, const double* w, std::size_t stride,
           const std::vector<double>& factors, const KeepGoing& keepGoing) {
  openColumns(output, rank);
  for (std::size_t i = 0; i < rows; ++i) {
    if (i % 64 == 0) keepGoing();
    Real* row = static_cast<Real*>(output.data) + i * output.cols;
    for (std::size_t k = 0; k < rank; ++k) {
      row[k] = static_cast<Real>(factors.empty() ? w[i * stride + k] : w[i * stride + k] * factors[k]);
    }
    close<Real>(output, i, rows, rank);
  }
}

template <class Real>
void scatter(const FactorOutput& output, std::size_t features, std::size_t rank, const double* right,
             const std::vector<std::uint32_t>& columns) {
  Real* out = static_cast<Real*>(output.data);
  std::fill(out, out + features * output.cols, Real(0));
  for (std::size_t k = 0; k < rank; ++k) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      out[columns[j] * output.cols + k] = static_cast<Real>(right[k * columns.size() + j]);
    }
  }
}

}  // namespace

void openColumns(const FactorOutput& output, std::size_t rank) {
  refuseNarrow(output, rank);
  if (output.means) std::fill(output.means, output.means + output.cols, 0.0);
}

void closeColumns(const FactorOutput& output, std::size_t begin, std::size_t count, std::size_t rows,
                  std::size_t rank) {
  for (std::size_t i = begin; i < begin + count; ++i) close<float>(output, i, rows, rank);
}

void writeColumns(const FactorOutput& output, std::size_t rows, std::size_t rank, const double* w, std::size_t stride,
                  const std::vector<double>& factors, const KeepGoing& keepGoing) {
  if (output.dtype == DType::f32) write<float>(output, rows, rank, w, stride, factors, keepGoing);
  else write<double>(output, rows, rank, w, stride, factors, keepGoing);
}

void writeRight(const FactorOutput& output, std::size_t features, std::size_t rank, const double* right,
                const std::vector<std::uint32_t>& columns) {
  refuseNarrow(output, rank);
  if (output.dtype == DType::f32) scatter<float>(output, features, rank, right, columns);
  else scatter<double>(output, features, rank, right, columns);
}

}  // namespace gramian
