// Custom functions: a node of the autograd graph whose backward is C#.
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>

#include <mutex>
#include <vector>

#include "handles.h"
#include "status.h"

namespace {

// Called with owned handles (null for an undefined gradient) of the outputs' gradients; fills owned handles for the inputs.
using Backward = void (*)(void* context, void* const* grads, int32_t grad_count, void** input_grads, int32_t input_count, int64_t* token);
using Release = void (*)(void* context);

struct ManagedNode final : torch::autograd::Node {
  ManagedNode(Backward backward, Release release_context, void* context, std::string label)
      : backward_(backward), release_context_(release_context), context_(context), label_(std::move(label)) {}

  ~ManagedNode() override { release_context_(context_); }

  std::string name() const override { return label_; }

  torch::autograd::variable_list apply(torch::autograd::variable_list&& grads) override {
    std::vector<void*> in(grads.size());
    for (size_t k = 0; k < grads.size(); ++k) {
      if (materialize && !grads[k].defined() && k < zeros.size() && zeros[k].defined()) grads[k] = at::zeros_like(zeros[k]);
      in[k] = release(std::move(grads[k]));
    }
    std::vector<void*> out(num_outputs(), nullptr);
    int64_t token = 0;
    backward_(context_, in.data(), static_cast<int32_t>(in.size()), out.data(), static_cast<int32_t>(out.size()), &token);
    torch::autograd::variable_list result(out.size());
    for (size_t k = 0; k < out.size(); ++k)
      if (out[k]) result[k] = at::Tensor(c10::intrusive_ptr<c10::TensorImpl>::reclaim(static_cast<c10::TensorImpl*>(out[k])));
    if (token) throw ManagedError(token);
    return result;
  }

  void release_variables() override {
    std::lock_guard<std::mutex> lock(mutex_);
    saved.clear();
    released = true;
  }

  bool materialize = true;
  bool released = false;
  std::vector<at::Tensor> zeros;  // one element a forward output, expanded to its shape: no memory of its own
  std::vector<torch::autograd::SavedVariable> saved;

 private:
  Backward backward_;
  Release release_context_;
  void* context_;
  std::string label_;
};

using NodeHandle = std::shared_ptr<ManagedNode>;

}  // namespace

DOOR_EXPORT Status door_node_new(const char* name, Backward backward, Release release_context, void* context, void* const* inputs,
                                 int32_t input_count, uint8_t materialize, void** node) {
  return guarded([&] {
    auto made = NodeHandle(new ManagedNode(backward, release_context, context, name), torch::autograd::deleteNode);
    made->materialize = materialize != 0;
    torch::autograd::edge_list edges;
    for (int32_t k = 0; k < input_count; ++k) {
      const at::Tensor input = borrow(inputs[k]);
      edges.push_back(input.defined() && input.requires_grad() ? torch::autograd::impl::gradient_edge(input) : torch::autograd::Edge());
    }
    made->set_next_edges(std::move(edges));
    *node = new NodeHandle(std::move(made));
  });
}

// Makes the tensor an output of the node. An input that the forward gave back as it was becomes a view first, as PyTorch does.
DOOR_EXPORT Status door_node_add_output(void* node, const void* output, uint8_t is_input, uint8_t differentiable, Value* result) {
  return guarded([&] {
    auto& handle = *static_cast<NodeHandle*>(node);
    at::Tensor tensor = borrow(output);
    {
      const at::AutoGradMode no_grad(false);
      if (is_input) {
        tensor = tensor.view_as(tensor);
      } else if (tensor.is_view()) {
        tensor = tensor.detach();
      }
    }
    if (differentiable && torch::autograd::isDifferentiableType(tensor.scalar_type())) {
      handle->zeros.push_back(at::zeros({1}, tensor.options()).expand(tensor.sizes().empty() ? at::IntArrayRef{1} : tensor.sizes()));
      if (tensor.dim() == 0) handle->zeros.back() = at::zeros({}, tensor.options());
      torch::autograd::set_history(tensor, handle);
    } else {
      handle->zeros.emplace_back();
      handle->add_input_metadata(torch::autograd::Node::undefined_input());
    }
    put(*result, std::move(tensor));
  });
}

DOOR_EXPORT Status door_node_save(void* node, void* const* tensors, int32_t count) {
  return guarded([&] {
    auto& handle = *static_cast<NodeHandle*>(node);
    for (int32_t k = 0; k < count; ++k) {
      const at::Tensor tensor = borrow(tensors[k]);
      const bool is_output = tensor.defined() && tensor.grad_fn().get() == handle.get();
      handle->saved.emplace_back(tensor, is_output);
    }
  });
}

DOOR_EXPORT Status door_node_saved(void* node, Value* results, int32_t capacity, int32_t* count) {
  return guarded([&] {
    auto& handle = *static_cast<NodeHandle*>(node);
    TORCH_CHECK(!handle->released,
                "Trying to backward through the graph a second time: the saved tensors were freed. Pass retain_graph: true to the first backward.");
    *count = static_cast<int32_t>(handle->saved.size());
    for (int32_t k = 0; k < *count && k < capacity; ++k) put(results[k], handle->saved[k].unpack(handle));
  });
}

// Lets go of the managed side's share; the graph keeps the node as long as it needs it.
DOOR_EXPORT Status door_node_free(void* node) {
  return guarded([&] { delete static_cast<NodeHandle*>(node); });
}

// The managed side keeps only a weak share while the graph lives, or node and context would hold each other for ever.
DOOR_EXPORT Status door_node_weaken(void* node, void** weak) {
  return guarded([&] { *weak = new std::weak_ptr<ManagedNode>(*static_cast<NodeHandle*>(node)); });
}

DOOR_EXPORT Status door_node_lock(void* weak, void** node) {
  return guarded([&] {
    auto handle = static_cast<std::weak_ptr<ManagedNode>*>(weak)->lock();
    *node = handle ? new NodeHandle(std::move(handle)) : nullptr;
  });
}

DOOR_EXPORT Status door_node_free_weak(void* weak) {
  return guarded([&] { delete static_cast<std::weak_ptr<ManagedNode>*>(weak); });
}
