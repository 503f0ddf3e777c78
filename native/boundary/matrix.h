// A NativeMatrix of lib/native.ts as the core sees it.
#pragma once

#include "../core/matrix.h"
#include "pins.h"
#include "read.h"

namespace gramian {

// At least 1×1, of exactly rows·cols elements of the dtype that it declares.
MatrixView readMatrix(const Fields& fields, Pins& pins);

}  // namespace gramian
