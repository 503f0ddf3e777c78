// Memory aligned for vector loads, not initialised.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace gramian {

template <class T>
class Aligned {
 public:
  Aligned() = default;
  explicit Aligned(std::size_t count) { grow(count); }

  // At least `count` elements; what was there is lost.
  T* grow(std::size_t count) {
    if (count > count_) {
      memory_.reset();
      count_ = 0;
      const std::size_t bytes = (count * sizeof(T) + 63) / 64 * 64;
      void* memory = std::aligned_alloc(64, bytes);
      if (!memory) throw std::bad_alloc();
      memory_.reset(static_cast<T*>(memory));
      count_ = count;
    }
    return memory_.get();
  }
  T* data() { return memory_.get(); }
  const T* data() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };
  std::unique_ptr<T, Free> memory_;
  std::size_t count_ = 0;
};

}  // namespace gramian
