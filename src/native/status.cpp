#include "status.h"

#include <c10/util/Exception.h>

#include <new>

namespace {
thread_local std::string last_message;
thread_local int64_t last_token = 0;

Status record(Status status, const char* message, int64_t token = 0) {
  last_message = message;
  last_token = token;
  return status;
}
}  // namespace

Status record_current_exception() noexcept {
  try {
    throw;
  } catch (const ManagedError& error) {
    return record(kManagedError, error.what(), error.token);
  } catch (const BadArgument& error) {
    return record(kBadArgument, error.what());
  } catch (const c10::Error& error) {
    return record(kTorchError, error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return record(kOutOfMemory, "out of memory");
  } catch (const std::exception& error) {
    return record(kTorchError, error.what());
  } catch (...) {
    return record(kUnknownError, "an error of unknown type");
  }
}

// The last failure on this thread. The message stays valid until the next failure on the same thread.
DOOR_EXPORT Status door_last_error(const char** message, int32_t* length, int64_t* token) {
  *message = last_message.c_str();
  *length = static_cast<int32_t>(last_message.size());
  *token = last_token;
  return kOk;
}
