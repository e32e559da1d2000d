// The process: version, threads, random numbers, devices.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <c10/core/CPUAllocator.h>
#include <dlfcn.h>
#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif
#include <torch/cuda.h>
#include <torch/version.h>

#include "handles.h"
#include "status.h"

namespace {

// Two pools of threads on the same cores (BLAS below libtorch's OpenMP) make whole models two to three times slower than one.
void pin_blas() {
  for (const char* name : {"openblas_set_num_threads", "openblas_set_num_threads64_", "bli_thread_set_num_threads"}) {
    if (auto* set_threads = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, name))) set_threads(1);
  }
}

// Blocks that the C library mostly gets from the system each time and gives back at once (from 32 MiB on always, in threads those
// that fill an arena): page by page that takes longer than most operators do with them, so large pages are asked for. Where there
// are none, nothing changes.
class LargePages final : public c10::Allocator {
 public:
  explicit LargePages(c10::Allocator* memory) : memory_(memory) {}

  c10::DataPtr allocate(size_t bytes) const override {
    c10::DataPtr data = memory_->allocate(bytes);
#ifdef __linux__
    constexpr size_t kLeast = 4 << 20;
    if (bytes >= kLeast) {
      static const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
      auto start = (reinterpret_cast<uintptr_t>(data.get()) + page - 1) & ~(page - 1);
      madvise(reinterpret_cast<void*>(start), bytes - page, MADV_HUGEPAGE);
    }
#endif
    return data;
  }

  c10::DeleterFnPtr raw_deleter() const override { return memory_->raw_deleter(); }

 private:
  c10::Allocator* memory_;
};

void ask_for_large_pages() {
  static LargePages pages(c10::GetCPUAllocator());
  c10::SetCPUAllocator(&pages);
}

at::Generator* as_generator(void* handle) { return static_cast<at::Generator*>(handle); }

}  // namespace

// Called once, before anything else: the handshake.
DOOR_EXPORT Status door_open(int32_t* door_version, const char** torch_version) {
  return guarded([&] {
    pin_blas();
    ask_for_large_pages();
    *door_version = kDoorVersion;
    *torch_version = TORCH_VERSION;
  });
}

DOOR_EXPORT Status door_threads(int32_t* count) {
  return guarded([&] { *count = at::get_num_threads(); });
}

DOOR_EXPORT Status door_set_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}

DOOR_EXPORT Status door_interop_threads(int32_t* count) {
  return guarded([&] { *count = at::get_num_interop_threads(); });
}

DOOR_EXPORT Status door_set_interop_threads(int32_t count) {
  return guarded([&] { at::set_num_interop_threads(count); });
}

DOOR_EXPORT Status door_use_onednn(uint8_t* enabled) {
  return guarded([&] { *enabled = at::globalContext().userEnabledMkldnn(); });
}

DOOR_EXPORT Status door_set_use_onednn(uint8_t enabled) {
  return guarded([&] { at::globalContext().setUserEnabledMkldnn(enabled != 0); });
}

DOOR_EXPORT Status door_cuda_devices(int32_t* count) {
  return guarded([&] { *count = torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; });
}

DOOR_EXPORT Status door_cuda_synchronize(int64_t device) {
  return guarded([&] { torch::cuda::synchronize(device); });
}

// Seeds the generators of every device, as torch.manual_seed does.
DOOR_EXPORT Status door_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

DOOR_EXPORT Status door_generator_default(void** generator) {
  return guarded([&] { *generator = new at::Generator(at::globalContext().defaultGenerator(at::Device(at::kCPU))); });
}

DOOR_EXPORT Status door_generator_new(uint64_t seed, void** generator) {
  return guarded([&] { *generator = new at::Generator(at::detail::createCPUGenerator(seed)); });
}

DOOR_EXPORT Status door_generator_free(void* generator) {
  return guarded([&] { delete as_generator(generator); });
}

// The implementation that an operator's argument names; borrowed for as long as the generator lives.
DOOR_EXPORT Status door_generator_pointer(void* generator, void** pointer) {
  return guarded([&] { *pointer = as_generator(generator)->unsafeGetGeneratorImpl(); });
}

DOOR_EXPORT Status door_generator_set_seed(void* generator, uint64_t seed) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(as_generator(generator)->mutex());
    as_generator(generator)->set_current_seed(seed);
  });
}

DOOR_EXPORT Status door_generator_seed(void* generator, uint8_t draw_new, uint64_t* seed) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(as_generator(generator)->mutex());
    *seed = draw_new ? as_generator(generator)->seed() : as_generator(generator)->current_seed();
  });
}

DOOR_EXPORT Status door_generator_state(void* generator, Value* state) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(as_generator(generator)->mutex());
    put(*state, as_generator(generator)->get_state());
  });
}

DOOR_EXPORT Status door_generator_set_state(void* generator, const void* state) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(as_generator(generator)->mutex());
    as_generator(generator)->set_state(borrow(state));
  });
}
