// The loops of loops.h, compiled once per instruction set: no include guard, GRAMIAN_ISA_NAMESPACE names the copy.
// Plain loops that the compiler vectorises, and GCC/Clang vector types where the registers have to be laid out by hand.

namespace gramian {
namespace GRAMIAN_ISA_NAMESPACE {
namespace {

#include "expm1_loops.h"
#include "lane_vector.h"
#include "permuted_loops.h"
#include "row_loops.h"
#include "stack_loops.h"
#include "widen_loops.h"
// After the loops that it uses.
#include "neighbour_loops.h"
// And this one after that.
#include "bound_loops.h"

// After stack_loops.h, whose vectors it uses.
#include "list_loops.h"

Loops makeLoops(const char* name) {
  Loops table{};
  table.name = name;
  table.widen = widen;
  table.packF32 = pack<float>;
  table.packF64 = pack<double>;
  table.observe = observe;
  table.centredNorms = centredNorms;
  table.linearRowF32 = linearRow<float>;
  table.linearRowF64 = linearRow<double>;
  table.shiftRowF32 = linearRow<double, float>;
  table.innerRowF32 = innerRow<float>;
  table.innerRowF64 = innerRow<double>;
  table.distanceRow = distanceRow;
  table.rootRow = rootRow;
  table.exponentialRow = exponentialRow;
  table.cosineRow = cosineRow;
  table.polynomialRow = polynomialRow;
  table.emitRowF32 = emitRow<float>;
  table.emitRowF64 = emitRow<double>;
  table.keyRow = keyRow;
  table.keyFloor = keyFloor;
  table.boundRow = boundRow;
  table.dot = dot;
  table.distance2 = distance2;
  table.stackF32 = stack<float, double>;
  table.stackF32Flush = stack<float, float>;
  table.stackF64 = stack<double, double>;
  table.stackScratch = stackScratch;
  table.listShared = listShared;
  table.listMatches = listMatches;
  table.listCommon = listCommon;
  table.listEdit = listEdit;
  table.permutedF32 = permuted<float>;
  table.permutedF64 = permuted<double>;
  table.permutedBytes = GRAMIAN_VECTOR_BYTES;
  table.permutedMost = kPermutedMost;
  return table;
}

}  // namespace
}  // namespace GRAMIAN_ISA_NAMESPACE
}  // namespace gramian
#undef GRAMIAN_ISA_NAMESPACE
#undef GRAMIAN_VECTOR_BYTES
#undef GRAMIAN_STACK_ROWS
