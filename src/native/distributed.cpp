// Process groups: libtorch's own c10d, its TCP store and Gloo.
//
// Handles are pointers that carry one reference, as tensors' are. A work may be let go of before it is done: the group keeps it,
// and the tensors that it reads and writes, until then.
#ifdef USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

#include "handles.h"
#include "status.h"

#ifdef USE_C10D_GLOO

namespace {

using Gloo = c10d::ProcessGroupGloo;
// Its name is another in other versions of libtorch.
using WorkHandle = decltype(std::declval<Gloo&>().barrier());
using Work = std::remove_reference_t<decltype(*std::declval<WorkHandle>())>;

c10::intrusive_ptr<c10d::Store> store_of(void* handle) {
  return c10::intrusive_ptr<c10d::Store>::reclaim_copy(static_cast<c10d::Store*>(handle));
}

c10::intrusive_ptr<Gloo> group_of(void* handle) {
  return c10::intrusive_ptr<Gloo>::reclaim_copy(static_cast<Gloo*>(handle));
}

c10::intrusive_ptr<Work> work_of(void* handle) {
  return c10::intrusive_ptr<Work>::reclaim_copy(static_cast<Work*>(handle));
}

// Gloo reads and writes a tensor's memory from its first element on, whatever its strides say.
at::Tensor dense(const void* handle) {
  at::Tensor tensor = borrow(handle);
  if (!tensor.defined()) throw BadArgument("a tensor is missing");
  if (tensor.layout() != c10::kStrided || !tensor.device().is_cpu() || !tensor.is_contiguous())
    throw BadArgument("Gloo exchanges contiguous tensors on the CPU: call contiguous() or cpu() first");
  return tensor.detach();
}

std::vector<at::Tensor> dense_all(void* const* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t k = 0; k < count; ++k) tensors.push_back(dense(handles[k]));
  return tensors;
}

std::vector<std::string> strings(const char* const* texts, int32_t count) { return {texts, texts + count}; }

// A client's second connection is only listened to (libtorch up to 2.0). Reset, it ends the whole process, and it is reset where the
// keeper goes away before it took it. In each turn the keeper takes one connection and answers what was asked: after so many answers
// it took ours and those of others that came before it.
void await_acceptance(c10d::TCPStore& store) {
  constexpr int turns = 64;
  for (int turn = 0; turn < turns; ++turn) store.getNumKeys();
}

}  // namespace

// The server is whoever has the port; it answers for as long as its handle lives. Port 0 takes a free one, which goes out.
DOOR_EXPORT Status door_store_tcp(const char* host, uint16_t port, uint8_t is_server, int64_t timeout_ms, void** store,
                                  int32_t* bound) {
  return guarded([&] {
    c10d::TCPStoreOptions options;
    options.port = port;
    options.isServer = is_server != 0;
    options.waitWorkers = false;
    options.timeout = std::chrono::milliseconds(timeout_ms);
    const auto made = c10::make_intrusive<c10d::TCPStore>(host, options);
    if (!options.isServer) await_acceptance(*made);
    *bound = made->getPort();
    *store = c10::intrusive_ptr<c10d::Store>(made).release();
  });
}

DOOR_EXPORT Status door_store_free(void* store) {
  return guarded([&] {
    if (store) c10::intrusive_ptr<c10d::Store>::reclaim(static_cast<c10d::Store*>(store));
  });
}

DOOR_EXPORT Status door_store_set(void* store, const char* key, const uint8_t* value, int32_t bytes) {
  return guarded([&] { store_of(store)->set(key, std::vector<uint8_t>(value, value + bytes)); });
}

// Waits for the key; free the value with door_free.
DOOR_EXPORT Status door_store_get(void* store, const char* key, uint8_t** value, int32_t* bytes) {
  return guarded([&] {
    const auto found = store_of(store)->get(key);
    *bytes = static_cast<int32_t>(found.size());
    *value = static_cast<uint8_t*>(std::malloc(found.size() + 1));
    if (!*value) throw std::bad_alloc();
    std::memcpy(*value, found.data(), found.size());
  });
}

DOOR_EXPORT Status door_store_add(void* store, const char* key, int64_t amount, int64_t* sum) {
  return guarded([&] { *sum = store_of(store)->add(key, amount); });
}

DOOR_EXPORT Status door_store_check(void* store, const char* const* keys, int32_t count, uint8_t* are_there) {
  return guarded([&] { *are_there = store_of(store)->check(strings(keys, count)); });
}

DOOR_EXPORT Status door_store_wait(void* store, const char* const* keys, int32_t count, int64_t timeout_ms) {
  return guarded([&] { store_of(store)->wait(strings(keys, count), std::chrono::milliseconds(timeout_ms)); });
}

// Connects each rank with each other, by addresses that they leave in the store under the prefix.
// hostname: of this machine, for the others; null asks the system. interface: its network device, which goes before.
DOOR_EXPORT Status door_group_gloo(void* store, const char* prefix, int32_t rank, int32_t size, int64_t timeout_ms,
                                   const char* interface, const char* hostname, void** group) {
  return guarded([&] {
    auto options = Gloo::Options::create(std::chrono::milliseconds(timeout_ms));
    options->devices.push_back(interface  ? Gloo::createDeviceForInterface(interface)
                               : hostname ? Gloo::createDeviceForHostname(hostname)
                                          : Gloo::createDefaultDevice());
    options->threads = 2;
    auto named = c10::make_intrusive<c10d::PrefixStore>(prefix, store_of(store));
    *group = c10::make_intrusive<Gloo>(named, rank, size, options).release();
  });
}

// Waits for works that are not done.
DOOR_EXPORT Status door_group_free(void* group) {
  return guarded([&] {
    if (group) c10::intrusive_ptr<Gloo>::reclaim(static_cast<Gloo*>(group));
  });
}

// reduction: c10d's number, 0 for the sum.
DOOR_EXPORT Status door_group_all_reduce(void* group, const void* tensor, int32_t reduction, void** work) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{dense(tensor)};
    c10d::AllreduceOptions options;
    options.reduceOp = static_cast<c10d::ReduceOp::RedOpType>(reduction);
    *work = group_of(group)->allreduce(tensors, options).release();
  });
}

DOOR_EXPORT Status door_group_broadcast(void* group, const void* tensor, int32_t source, void** work) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{dense(tensor)};
    c10d::BroadcastOptions options;
    options.rootRank = source;
    *work = group_of(group)->broadcast(tensors, options).release();
  });
}

// One output a rank, each shaped as the input.
DOOR_EXPORT Status door_group_all_gather(void* group, void* const* outputs, int32_t count, const void* input, void** work) {
  return guarded([&] {
    std::vector<std::vector<at::Tensor>> gathered{dense_all(outputs, count)};
    std::vector<at::Tensor> inputs{dense(input)};
    *work = group_of(group)->allgather(gathered, inputs).release();
  });
}

DOOR_EXPORT Status door_group_barrier(void* group, void** work) {
  return guarded([&] { *work = group_of(group)->barrier().release(); });
}

// Throws what the work failed with.
DOOR_EXPORT Status door_work_wait(void* work) {
  return guarded([&] { work_of(work)->wait(); });
}

DOOR_EXPORT Status door_work_completed(void* work, uint8_t* completed) {
  return guarded([&] { *completed = work_of(work)->isCompleted(); });
}

DOOR_EXPORT Status door_work_free(void* work) {
  return guarded([&] {
    if (work) c10::intrusive_ptr<Work>::reclaim(static_cast<Work*>(work));
  });
}

#endif  // USE_C10D_GLOO

DOOR_EXPORT Status door_distributed_available(uint8_t* available) {
#ifdef USE_C10D_GLOO
  *available = 1;
#else
  *available = 0;
#endif
  return kOk;
}
