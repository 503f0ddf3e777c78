#include "environment.h"

#include <atomic>
#include <chrono>
#include <utility>

namespace gramian {

namespace {

// A person sees no more than this, and a fast job must not flood the event loop.
constexpr std::chrono::milliseconds kBetweenProgress{30};

// Lets the first unit through and then one each kBetweenProgress, whichever thread it ends on.
class Throttle {
 public:
  bool pass() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    auto next = next_.load(std::memory_order_relaxed);
    if (now < next) return false;
    const auto after = now + std::chrono::steady_clock::duration(kBetweenProgress).count();
    return next_.compare_exchange_strong(next, after, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::chrono::steady_clock::rep> next_{0};
};

}  // namespace

Environment::Environment(Napi::Env env) : mailbox_(std::make_shared<Mailbox>(env, open)) {}

void Environment::install(Napi::Env env) {
  auto* environment = new Environment(env);
  env.SetInstanceData<Environment>(environment);
  // Runs while the environment can still be used, and before the memory that its jobs read is let go of.
  napi_add_env_cleanup_hook(env, tearDown, environment);
}

void Environment::tearDown(void* data) {
  auto* environment = static_cast<Environment*>(data);
  for (auto& [number, job] : environment->jobs_) job->cancel();
  environment->mailbox_->close();
}

std::size_t Environment::start(Napi::Env env, JobRequest request) {
  const std::size_t number = ++lastNumber_;
  const std::shared_ptr<Work> work = request.work;
  const std::size_t slots = request.slots;
  auto job = std::make_unique<Job>(env, std::move(request));
  Job* started = job.get();
  if (jobs_.empty()) mailbox_->hold(env);
  jobs_.emplace(number, std::move(job));

  const std::shared_ptr<Mailbox> mailbox = mailbox_;
  mailbox->entered();
  auto onDone = [mailbox, number](const Outcome& outcome) {
    mailbox->post({Letter::Kind::done, number, outcome});
    mailbox->left();
  };
  Pool::OnUnit onUnit;
  if (started->reports()) {
    const auto throttle = std::make_shared<Throttle>();
    onUnit = [mailbox, number, throttle] {
      if (throttle->pass()) mailbox->post({Letter::Kind::progress, number, {}});
    };
  }
  started->setTicket(Pool::instance().submit(work, slots, std::move(onDone), std::move(onUnit)));
  return number;
}

void Environment::cancel(std::size_t number) {
  const auto found = jobs_.find(number);
  if (found != jobs_.end()) found->second->cancel();
}

void Environment::open(Napi::Env env, const Letter& letter) {
  Environment& environment = of(env);
  const auto found = environment.jobs_.find(letter.job);
  if (found == environment.jobs_.end()) return;
  if (letter.kind == Letter::Kind::progress) {
    found->second->tellProgress(env);
    return;
  }
  // Out of the table first: what `done` calls may start the next job, or end the environment.
  const std::unique_ptr<Job> job = std::move(found->second);
  environment.jobs_.erase(found);
  if (environment.jobs_.empty()) environment.mailbox_->release(env);
  job->tellDone(env, letter.outcome);
}

}  // namespace gramian
