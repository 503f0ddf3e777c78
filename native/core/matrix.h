// Row-major matrices as the engine is given them: a pointer, an element type and a shape.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gramian {

enum class DType : std::uint8_t { f64, f32, f16, bf16 };

inline std::size_t sizeOf(DType dtype) {
  switch (dtype) {
    case DType::f64: return 8;
    case DType::f32: return 4;
    default: return 2;
  }
}

// n×d, row-major and contiguous. Whoever makes a view keeps the memory alive and unchanged for as long as it is used.
struct MatrixView {
  const void* data = nullptr;
  DType dtype = DType::f64;
  std::size_t rows = 0;
  std::size_t cols = 0;

  const void* row(std::size_t i) const { return static_cast<const std::uint8_t*>(data) + i * cols * sizeOf(dtype); }
};

}  // namespace gramian
