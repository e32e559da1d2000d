#pragma once
#include <ATen/core/Tensor.h>

#include "door.h"

// A borrowed handle as a tensor (one reference more while the tensor lives).
inline at::Tensor borrow(const void* handle) {
  if (handle == nullptr) return at::Tensor();
  auto* impl = static_cast<c10::TensorImpl*>(const_cast<void*>(handle));
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl>::reclaim_copy(impl));
}

// A tensor as an owned handle; null for an undefined tensor.
inline void* release(at::Tensor tensor) {
  return tensor.defined() ? static_cast<void*>(tensor.unsafeReleaseIntrusivePtr().release()) : nullptr;
}

// The bytes of a storage that this tensor alone holds, 0 for views and for layouts without a storage.
int64_t sole_bytes(const at::Tensor& tensor);

// A tensor as a result.
void put(Value& result, at::Tensor tensor);
