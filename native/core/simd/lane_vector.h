// A vector register's worth of lanes, as GCC and Clang know it. Part of body.h, before what is laid out by hand.

template <class Lane>
struct Vector {
  typedef Lane type __attribute__((vector_size(GRAMIAN_VECTOR_BYTES)));
  static constexpr std::size_t lanes = GRAMIAN_VECTOR_BYTES / sizeof(Lane);
};
