// Tensors: their life, what they look like, and memory in and out.
#include <torch/types.h>

#include "handles.h"
#include "status.h"

int64_t sole_bytes(const at::Tensor& tensor) {
  if (!tensor.defined() || !tensor.has_storage() || tensor.storage().use_count() != 1) return 0;
  return static_cast<int64_t>(tensor.storage().nbytes());
}

void put(Value& result, at::Tensor tensor) {
  result.tag = Tag::Tensor;
  result.count = 0;
  result.bytes = sole_bytes(tensor);
  result.p = release(std::move(tensor));
}

DOOR_EXPORT Status door_tensor_free(void* handle) {
  return guarded([&] {
    if (handle) c10::intrusive_ptr<c10::TensorImpl>::reclaim(static_cast<c10::TensorImpl*>(handle));
  });
}

// A second handle to the same tensor.
DOOR_EXPORT Status door_tensor_alias(const void* handle, void** alias) {
  return guarded([&] { *alias = release(borrow(handle)); });
}

DOOR_EXPORT Status door_tensor_info(const void* handle, TensorInfo* info) {
  return guarded([&] {
    const auto* impl = static_cast<const c10::TensorImpl*>(handle);
    const at::Tensor tensor = borrow(handle);
    const bool strided = tensor.layout() == c10::kStrided;
    info->dimensions = tensor.dim();
    info->sizes = impl->sizes().data();
    info->strides = strided ? impl->strides().data() : nullptr;
    info->elements = tensor.numel();
    info->element_size = static_cast<int64_t>(tensor.element_size());
    info->storage_offset = strided ? tensor.storage_offset() : 0;
    info->data = strided && tensor.device().is_cpu() ? tensor.data_ptr() : nullptr;
    info->dtype = static_cast<int32_t>(tensor.scalar_type());
    info->device_type = static_cast<int32_t>(tensor.device().type());
    info->device_index = tensor.device().index();
    info->requires_grad = tensor.requires_grad();
    info->is_leaf = tensor.is_leaf();
    info->is_contiguous = strided && tensor.is_contiguous();
    info->is_sparse = tensor.is_sparse();
  });
}

using Release = void (*)(void* context);

// A tensor over memory that the caller owns; `release(context)` is called when the last view of it is gone.
DOOR_EXPORT Status door_tensor_from_memory(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, Release release_memory,
                                           void* context, Value* result) {
  return guarded([&] {
    const auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    put(*result, torch::from_blob(
                     data, at::IntArrayRef(sizes, dimensions), [=](void*) { if (release_memory) release_memory(context); }, options));
    result->bytes = 0;
  });
}
