#include "outcome.h"

#include <new>

#include "../error.h"

namespace gramian {

Outcome outcomeOf(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const Cancelled&) {
    return {Outcome::Kind::cancelled, "", ""};
  } catch (const CoreError& error) {
    return {Outcome::Kind::failed, error.code(), error.what()};
  } catch (const std::bad_alloc&) {
    return {Outcome::Kind::failed, "OUT_OF_MEMORY", "The system has no memory left for this computation."};
  } catch (const std::exception& error) {
    return {Outcome::Kind::failed, "INTERNAL", error.what()};
  } catch (...) {
    return {Outcome::Kind::failed, "INTERNAL", "An exception of an unknown type."};
  }
}

}  // namespace gramian
