#pragma once
#include <exception>
#include <functional>
#include <string>

#include "door.h"

// An exception of C# on its way through libtorch: the token names it on the managed side.
struct ManagedError : std::exception {
  explicit ManagedError(int64_t token) : token(token) {}
  const char* what() const noexcept override { return "a callback into C# threw"; }
  int64_t token;
};

// The arguments do not fit the operator's schema.
struct BadArgument : std::exception {
  explicit BadArgument(std::string message) : message(std::move(message)) {}
  const char* what() const noexcept override { return message.c_str(); }
  std::string message;
};

// Records the exception that is being handled; call from a catch block only.
Status record_current_exception() noexcept;

// Runs the body and turns whatever it throws into a status and a message.
template <class Body>
Status guarded(Body&& body) noexcept {
  try {
    body();
    return kOk;
  } catch (...) {
    return record_current_exception();
  }
}
