// productsJob: products of matrices in memory, written into the caller's arrays.
#include <memory>
#include <utility>
#include <vector>

#include "../boundary/array.h"
#include "../boundary/job.h"
#include "../boundary/matrix.h"
#include "../core/pool/pool.h"
#include "../core/spectral/matrix_products.h"
#include "bindings.h"

namespace gramian {

namespace {

MatrixProduct readProduct(const Fields& fields, Pins& pins) {
  MatrixProduct product;
  product.left = readMatrix(fields.object("left"), pins);
  product.right = readMatrix(fields.object("right"), pins);
  product.transposed = fields.flag("transposed");
  product.leftFrom = fields.size("leftFrom", 0, product.left.cols - 1);
  product.leftCount = fields.size("leftCount", 1, product.left.cols - product.leftFrom);
  product.rightCount = fields.size("rightCount", 1, product.right.cols);
  const std::size_t inner = product.transposed ? product.left.rows : product.leftCount;
  if (product.right.rows != inner) refuse(fields.nameOf("right.rows"), std::to_string(inner));
  const std::size_t rows = product.transposed ? product.leftCount : product.left.rows;
  // The array is gramian's own, made for this job to write into.
  product.out = const_cast<double*>(fields.doubles("out", rows * product.rightCount, pins));
  return product;
}

}  // namespace

// productsJob(products, threads, progress, done)
Napi::Value productsJob(const Napi::CallbackInfo& info) {
  JobRequest request;
  std::vector<MatrixProduct> products;
  for (const Fields& fields : listOf(info[0], "products")) products.push_back(readProduct(fields, request.pins));
  request.work = makeProducts(std::move(products));
  request.slots = sizeOf(info[1], "threads", 1, Pool::maxThreads);
  request.progress = info[2];
  request.done = info[3];
  request.result = [](Napi::Env env) { return env.Undefined(); };
  return startJob(info.Env(), std::move(request));
}

}  // namespace gramian
