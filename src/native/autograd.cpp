// Autograd: modes, gradients, backward, hooks.
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <cstring>
#include <new>
#include <vector>

#include "handles.h"
#include "status.h"

namespace {
std::vector<at::Tensor> borrow_all(void* const* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t k = 0; k < count; ++k) tensors.push_back(borrow(handles[k]));
  return tensors;
}
}  // namespace

DOOR_EXPORT Status door_grad_mode(uint8_t* enabled) {
  return guarded([&] { *enabled = at::GradMode::is_enabled(); });
}

DOOR_EXPORT Status door_set_grad_mode(uint8_t enabled) {
  return guarded([&] { at::GradMode::set_enabled(enabled != 0); });
}

DOOR_EXPORT Status door_inference_mode(uint8_t* enabled) {
  return guarded([&] { *enabled = c10::InferenceMode::is_enabled(); });
}

// The guard must be left on the thread that entered it.
DOOR_EXPORT Status door_inference_enter(uint8_t enabled, void** guard) {
  return guarded([&] { *guard = new c10::InferenceMode(enabled != 0); });
}

DOOR_EXPORT Status door_inference_leave(void* guard) {
  return guarded([&] { delete static_cast<c10::InferenceMode*>(guard); });
}

// Autocast of the CPU's operators, for this thread. The type that was set before goes out, for door_autocast_leave.
DOOR_EXPORT Status door_autocast_enter(uint8_t enabled, int32_t dtype, int32_t* before) {
  return guarded([&] {
    *before = static_cast<int32_t>(at::autocast::get_autocast_cpu_dtype());
    at::autocast::set_autocast_cpu_dtype(static_cast<at::ScalarType>(dtype));
    at::autocast::set_cpu_enabled(enabled != 0);
    at::autocast::increment_nesting();
  });
}

// Casts of weights are kept for as long as any autocast is open, then forgotten: the weights change with the next step.
DOOR_EXPORT Status door_autocast_leave(uint8_t enabled, int32_t dtype) {
  return guarded([&] {
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_cpu_enabled(enabled != 0);
    at::autocast::set_autocast_cpu_dtype(static_cast<at::ScalarType>(dtype));
  });
}

DOOR_EXPORT Status door_set_requires_grad(const void* handle, uint8_t requires_grad) {
  return guarded([&] { borrow(handle).set_requires_grad(requires_grad != 0); });
}

DOOR_EXPORT Status door_retain_grad(const void* handle) {
  return guarded([&] { borrow(handle).retain_grad(); });
}

DOOR_EXPORT Status door_grad(const void* handle, Value* result) {
  return guarded([&] { put(*result, borrow(handle).grad()); });
}

DOOR_EXPORT Status door_set_grad(const void* handle, const void* grad) {
  return guarded([&] { borrow(handle).mutable_grad() = borrow(grad); });
}

// The name of the function that made a tensor, null for a leaf; free with door_free.
DOOR_EXPORT Status door_grad_function(const void* handle, char** name) {
  return guarded([&] {
    const auto function = borrow(handle).grad_fn();
    *name = nullptr;
    if (!function) return;
    *name = strdup(function->name().c_str());
    if (!*name) throw std::bad_alloc();
  });
}

// retain_graph: 0 no, 1 yes, 2 as create_graph says.
DOOR_EXPORT Status door_backward(void* const* tensors, int32_t count, void* const* grads, int32_t grad_count, uint8_t retain_graph,
                                 uint8_t create_graph, void* const* inputs, int32_t input_count) {
  return guarded([&] {
    c10::optional<bool> retain;
    if (retain_graph != 2) retain = retain_graph != 0;
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(grads, grad_count), retain, create_graph != 0,
                              borrow_all(inputs, input_count));
  });
}

DOOR_EXPORT Status door_gradients(void* const* outputs, int32_t count, void* const* inputs, int32_t input_count, void* const* grads,
                                  int32_t grad_count, uint8_t retain_graph, uint8_t create_graph, uint8_t allow_unused, Value* results) {
  return guarded([&] {
    c10::optional<bool> retain;
    if (retain_graph != 2) retain = retain_graph != 0;
    auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count), borrow_all(grads, grad_count),
                                       retain, create_graph != 0, allow_unused != 0);
    for (size_t k = 0; k < found.size(); ++k) put(results[k], std::move(found[k]));
  });
}

// A hook gets the gradient and may give another in its place (null keeps it); a non-zero token names a C# exception.
using Hook = void* (*)(void* context, void* grad, int64_t* token);
using Release = void (*)(void* context);

DOOR_EXPORT Status door_register_hook(const void* handle, Hook hook, Release release_context, void* context, uint32_t* position) {
  return guarded([&] {
    const std::shared_ptr<void> owner(context, [release_context](void* held) { release_context(held); });
    *position = borrow(handle).register_hook([hook, owner](at::Tensor grad) -> at::Tensor {
      int64_t token = 0;
      void* replaced = hook(owner.get(), release(grad), &token);
      if (token) throw ManagedError(token);
      return replaced ? at::Tensor(c10::intrusive_ptr<c10::TensorImpl>::reclaim(static_cast<c10::TensorImpl*>(replaced))) : at::Tensor();
    });
  });
}

DOOR_EXPORT Status door_remove_hook(const void* handle, uint32_t position) {
  return guarded([&] { borrow(handle).remove_hook(position); });
}
