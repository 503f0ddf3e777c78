#include "matrix.h"

#include <climits>

#include "array.h"

namespace gramian {

namespace {

// BLAS counts rows and columns in ints.
constexpr std::size_t longestSide = INT_MAX;

DType dtypeOf(const Fields& fields) {
  const std::string name = fields.string("dtype");
  if (name == "f64") return DType::f64;
  if (name == "f32") return DType::f32;
  if (name == "f16") return DType::f16;
  if (name == "bf16") return DType::bf16;
  refuse(fields.nameOf("dtype"), "f64, f32, f16 or bf16");
}

napi_typedarray_type arrayTypeOf(DType dtype) {
  switch (dtype) {
    case DType::f64: return napi_float64_array;
    case DType::f32: return napi_float32_array;
    default: return napi_uint16_array;
  }
}

}  // namespace

MatrixView readMatrix(const Fields& fields, Pins& pins) {
  MatrixView view;
  view.dtype = dtypeOf(fields);
  view.rows = fields.size("rows", 1, longestSide);
  view.cols = fields.size("cols", 1, longestSide);  // the product of two ints fits in a size_t
  view.data = elements(fields.get("data"), arrayTypeOf(view.dtype), view.rows * view.cols, fields.nameOf("data"), pins);
  return view;
}

}  // namespace gramian
