// The door to libtorch: a C interface that knows no operator by name.
//
// Rules of the house:
// * Every exported function returns a Status; nothing throws across the boundary.
// * A tensor handle is a TensorImpl* that carries one reference. Handles passed in are borrowed, handles passed out are owned.
// * All integers have fixed sizes; a boolean is one byte.
#pragma once
#include <cstdint>

#define DOOR_EXPORT extern "C" __attribute__((visibility("default")))

// Bumped with every incompatible change of this file; the managed side refuses any other number.
constexpr int32_t kDoorVersion = 1;

enum Status : int32_t {
  kOk = 0,
  kTorchError = 1,     // libtorch refused: the message is libtorch's, shapes included
  kOutOfMemory = 2,    // the C++ allocator failed
  kManagedError = 3,   // a callback into C# threw; door_error_token names its exception
  kBadArgument = 4,    // the arguments do not fit the operator's schema
  kUnknownError = 5,
};

struct Tag {
  enum : int32_t {
    Default = 0,  // left out: the schema's default
    None = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    Tensor = 5,      // p: TensorImpl*, or null for an undefined tensor
    String = 6,      // p: UTF-8, count: bytes
    IntList = 7,     // p: int64_t*
    DoubleList = 8,  // p: double*
    BoolList = 9,    // p: uint8_t*
    TensorList = 10, // p: TensorImpl**, entries may be null
    Device = 11,     // i: type in the upper, index in the lower 32 bits
    Generator = 12,  // p: GeneratorImpl*
    Complex = 13,    // p: double[2]
  };
};

struct Value {
  int32_t tag;
  int32_t count;  // of a list or a string
  union {
    int64_t i;
    double d;
    const void* p;
  };
  int64_t bytes;  // results only: bytes of a storage that nobody else holds, for the garbage collector's book-keeping
};

struct TensorInfo {
  int64_t dimensions;
  const int64_t* sizes;
  const int64_t* strides;  // null where the layout has none
  int64_t elements;
  int64_t element_size;
  int64_t storage_offset;
  void* data;  // null where the device's memory is not the host's
  int32_t dtype;
  int32_t device_type;
  int32_t device_index;
  uint8_t requires_grad;
  uint8_t is_leaf;
  uint8_t is_contiguous;
  uint8_t is_sparse;
};
