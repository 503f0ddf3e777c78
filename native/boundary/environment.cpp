#include "environment.h"

#include <utility>

namespace gramian {

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
  // Here and not later: their references are to be given back while there is an environment.
  environment->jobs_.clear();
}

void Environment::start(Napi::Env env, std::size_t number, JobRequest request) {
  const std::shared_ptr<Mailbox> mailbox = mailbox_;
  const std::shared_ptr<Work> work = request.work;
  const std::size_t slots = request.slots;
  // Into the table before the pool hears of it: whatever fails from here on, nothing runs whose memory is not held.
  const auto place = jobs_.emplace(number, std::make_unique<Job>(std::move(request))).first;
  Job* const job = place->second.get();

  auto onDone = [mailbox, number](const Outcome& outcome) {
    mailbox->post({Letter::Kind::done, number, outcome});
    mailbox->left();
  };
  Pool::OnUnit onUnit;
  if (job->throttle()) {
    onUnit = [mailbox, number, throttle = job->throttle()] {
      if (throttle->pass()) mailbox->post({Letter::Kind::progress, number, {}});
    };
  }
  mailbox->entered();
  try {
    job->setTicket(Pool::instance().submit(work, slots, std::move(onDone), std::move(onUnit)));
  } catch (...) {
    mailbox->left();
    jobs_.erase(place);
    throw;
  }
  // The letters of a job that has ended already wait for the event loop, which is held here.
  mailbox_->hold(env);
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
