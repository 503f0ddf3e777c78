// References to the JavaScript objects whose memory a job reads: while they are held, the garbage collector leaves it
// alone.
#pragma once

#include <napi.h>

#include <vector>

namespace gramian {

class Pins {
 public:
  void add(Napi::Object object) { references_.push_back(Napi::Persistent(object)); }

 private:
  std::vector<Napi::ObjectReference> references_;
};

}  // namespace gramian
