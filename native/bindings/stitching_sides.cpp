#include "stitching_sides.h"

#include <string>

#include "../boundary/array.h"
#include "../boundary/matrix.h"

namespace gramian {

namespace {

// One array a pair, of `lengths` elements. They are gramian's own, made for this job to write into.
std::vector<double*> readOutputs(const Fields& fields, const char* key, const std::vector<std::size_t>& lengths,
                                 Pins& pins) {
  const Napi::Value value = fields.get(key);
  const std::string name = fields.nameOf(key);
  if (!value.IsArray() || value.As<Napi::Array>().Length() != lengths.size()) {
    refuse(name, "an array of " + std::to_string(lengths.size()) + " arrays");
  }
  std::vector<double*> outputs;
  for (std::size_t k = 0; k < lengths.size(); ++k) {
    const Napi::Value item = value.As<Napi::Array>().Get(static_cast<std::uint32_t>(k));
    const void* data = elements(item, napi_float64_array, lengths[k], name + "[" + std::to_string(k) + "]", pins);
    outputs.push_back(static_cast<double*>(const_cast<void*>(data)));
  }
  return outputs;
}

}  // namespace

CentredMatrix readSide(const Fields& fields, Pins& pins) {
  CentredMatrix side;
  side.view = readMatrix(fields.object("matrix"), pins);
  side.mean = fields.doubles("mean", side.view.cols, pins);
  return side;
}

std::vector<CentredMatrix> readSides(const Fields& fields, const char* key, std::size_t samples, Pins& pins) {
  std::vector<CentredMatrix> sides;
  for (const Fields& item : fields.list(key)) {
    sides.push_back(readSide(item, pins));
    if (sides.back().view.rows != samples) refuse(item.nameOf("matrix.rows"), std::to_string(samples));
  }
  if (sides.empty()) refuse(fields.nameOf(key), "at least one layer");
  return sides;
}

std::vector<double*> readWeights(const Fields& fields, const std::vector<std::size_t>& inputs,
                                 const std::vector<CentredMatrix>& targets, Pins& pins) {
  std::vector<std::size_t> lengths;
  for (std::size_t from : inputs) {
    for (const CentredMatrix& target : targets) lengths.push_back(from * target.view.cols);
  }
  return readOutputs(fields, "weights", lengths, pins);
}

std::vector<double*> readBiases(const Fields& fields, std::size_t sources, const std::vector<CentredMatrix>& targets,
                                Pins& pins) {
  std::vector<std::size_t> lengths;
  for (std::size_t source = 0; source < sources; ++source) {
    for (const CentredMatrix& target : targets) lengths.push_back(target.view.cols);
  }
  return readOutputs(fields, "biases", lengths, pins);
}

}  // namespace gramian
