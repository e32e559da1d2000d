// Operators: looked up by schema name in libtorch's dispatcher and called boxed.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>

#include <cstring>
#include <string>
#include <vector>

#include "handles.h"
#include "status.h"

namespace {

struct Operator {
  explicit Operator(c10::OperatorHandle handle) : handle(std::move(handle)) {}
  c10::OperatorHandle handle;
};

[[noreturn]] void refuse(const c10::FunctionSchema& schema, const c10::Argument& argument, const Value& value) {
  static const char* const names[] = {"default", "None", "int", "float", "bool", "Tensor", "str", "int[]",
                                      "float[]", "bool[]", "Tensor[]", "Device", "Generator", "complex"};
  const char* got = value.tag >= 0 && value.tag <= Tag::Complex ? names[value.tag] : "an unknown tag";
  throw BadArgument("argument '" + argument.name() + "' of " + c10::toString(schema.operator_name()) + " takes " +
                    argument.type()->str() + ", got " + got);
}

template <class T>
c10::List<T> list_of(const T* items, int32_t count) {
  c10::List<T> list;
  list.reserve(count);
  for (int32_t k = 0; k < count; ++k) list.push_back(items[k]);
  return list;
}

bool is_int_kind(c10::TypeKind kind) {
  return kind == c10::TypeKind::IntType || kind == c10::TypeKind::SymIntType;
}

c10::IValue to_list(const c10::FunctionSchema& schema, const c10::Argument& argument, const c10::Type& element, const Value& value) {
  const auto kind = element.kind();
  if (is_int_kind(kind)) {
    if (value.tag == Tag::IntList) return list_of(static_cast<const int64_t*>(value.p), value.count);
    if (value.tag == Tag::Int) return c10::List<int64_t>({value.i});
  } else if (kind == c10::TypeKind::FloatType) {
    if (value.tag == Tag::DoubleList) return list_of(static_cast<const double*>(value.p), value.count);
    if (value.tag == Tag::Double) return c10::List<double>({value.d});
  } else if (kind == c10::TypeKind::BoolType && value.tag == Tag::BoolList) {
    c10::List<bool> list;
    for (int32_t k = 0; k < value.count; ++k) list.push_back(static_cast<const uint8_t*>(value.p)[k] != 0);
    return list;
  } else if (kind == c10::TypeKind::TensorType && value.tag == Tag::TensorList) {
    c10::List<at::Tensor> list;
    list.reserve(value.count);
    for (int32_t k = 0; k < value.count; ++k) list.push_back(borrow(static_cast<void* const*>(value.p)[k]));
    return list;
  } else if (kind == c10::TypeKind::OptionalType && value.tag == Tag::TensorList) {
    c10::List<c10::optional<at::Tensor>> list;
    list.reserve(value.count);
    for (int32_t k = 0; k < value.count; ++k) {
      const void* handle = static_cast<void* const*>(value.p)[k];
      list.push_back(handle ? c10::optional<at::Tensor>(borrow(handle)) : c10::nullopt);
    }
    return list;
  }
  refuse(schema, argument, value);
}

c10::IValue to_ivalue(const c10::FunctionSchema& schema, const c10::Argument& argument, const Value& value) {
  const c10::Type* type = argument.type().get();
  bool optional = false;
  if (type->kind() == c10::TypeKind::OptionalType) {
    optional = true;
    type = type->castRaw<c10::OptionalType>()->getElementType().get();
  }
  if (value.tag == Tag::Default || (value.tag == Tag::None && !optional)) {
    if (argument.default_value()) return *argument.default_value();
    if (optional) return c10::IValue();
    if (value.tag == Tag::None && type->kind() == c10::TypeKind::TensorType) return at::Tensor();
    throw BadArgument("argument '" + argument.name() + "' of " + c10::toString(schema.operator_name()) +
                      " is missing: it has no default");
  }
  if (value.tag == Tag::None) return c10::IValue();

  switch (type->kind()) {
    case c10::TypeKind::TensorType:
      if (value.tag == Tag::Tensor) return borrow(value.p);
      break;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType:
      if (value.tag == Tag::Int) return value.i;
      break;
    case c10::TypeKind::FloatType:
      if (value.tag == Tag::Double) return value.d;
      if (value.tag == Tag::Int) return static_cast<double>(value.i);
      break;
    case c10::TypeKind::BoolType:
      if (value.tag == Tag::Bool) return value.i != 0;
      break;
    case c10::TypeKind::NumberType:
      if (value.tag == Tag::Int) return value.i;
      if (value.tag == Tag::Double) return value.d;
      if (value.tag == Tag::Bool) return value.i != 0;
      if (value.tag == Tag::Complex) {
        const auto* parts = static_cast<const double*>(value.p);
        return c10::complex<double>(parts[0], parts[1]);
      }
      break;
    case c10::TypeKind::StringType:
      if (value.tag == Tag::String) return std::string(static_cast<const char*>(value.p), value.count);
      break;
    case c10::TypeKind::DeviceObjType:
      if (value.tag == Tag::Device)
        return c10::Device(static_cast<c10::DeviceType>(value.i >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.i)));
      break;
    case c10::TypeKind::GeneratorType:
      if (value.tag == Tag::Generator) {
        auto* impl = static_cast<c10::GeneratorImpl*>(const_cast<void*>(value.p));
        return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(impl));
      }
      break;
    case c10::TypeKind::ListType:
      return to_list(schema, argument, *type->castRaw<c10::ListType>()->getElementType(), value);
    default:
      break;
  }
  refuse(schema, argument, value);
}

// Arrays handed out belong to the caller, who frees them with door_free.
template <class T>
T* new_array(size_t count) {
  auto* array = static_cast<T*>(std::malloc(sizeof(T) * (count ? count : 1)));
  if (!array) throw std::bad_alloc();
  return array;
}

void put_ivalue(Value& result, const c10::IValue& value) {
  std::memset(&result, 0, sizeof result);
  if (value.isNone()) {
    result.tag = Tag::None;
  } else if (value.isTensor()) {
    put(result, value.toTensor());
  } else if (value.isInt()) {
    result.tag = Tag::Int;
    result.i = value.toInt();
  } else if (value.isDouble()) {
    result.tag = Tag::Double;
    result.d = value.toDouble();
  } else if (value.isBool()) {
    result.tag = Tag::Bool;
    result.i = value.toBool();
  } else if (value.isTensorList()) {
    const auto list = value.toTensorVector();
    auto** handles = new_array<void*>(list.size());
    for (size_t k = 0; k < list.size(); ++k) handles[k] = release(list[k]);
    result.tag = Tag::TensorList;
    result.count = static_cast<int32_t>(list.size());
    result.p = handles;
  } else if (value.isIntList()) {
    const auto list = value.toIntVector();
    auto* items = new_array<int64_t>(list.size());
    std::copy(list.begin(), list.end(), items);
    result.tag = Tag::IntList;
    result.count = static_cast<int32_t>(list.size());
    result.p = items;
  } else {
    throw BadArgument("a result of kind " + value.tagKind() + " has no form in C#");
  }
}

}  // namespace

DOOR_EXPORT Status door_operator_find(const char* name, const char* overload, void** found) {
  return guarded([&] {
    *found = nullptr;
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (handle) *found = new Operator(*handle);  // lives as long as the process: operators are resolved once
  });
}

// The names of all registered operators with a prefix, joined by line feeds; free with door_free.
DOOR_EXPORT Status door_operator_list(const char* prefix, char** names) {
  return guarded([&] {
    std::string joined;
    const size_t length = std::strlen(prefix);
    for (const auto& op : c10::Dispatcher::singleton().getAllOpNames()) {
      const std::string name = c10::toString(op);
      if (name.compare(0, length, prefix) != 0) continue;
      if (!joined.empty()) joined += '\n';
      joined += name;
    }
    *names = new_array<char>(joined.size() + 1);
    std::memcpy(*names, joined.c_str(), joined.size() + 1);
  });
}

// The schema of an operator as libtorch prints it; free with door_free.
DOOR_EXPORT Status door_operator_schema(const void* op, char** text) {
  return guarded([&] {
    std::ostringstream stream;
    stream << static_cast<const Operator*>(op)->handle.schema();
    const std::string schema = stream.str();
    *text = new_array<char>(schema.size() + 1);
    std::memcpy(*text, schema.c_str(), schema.size() + 1);
  });
}

DOOR_EXPORT Status door_operator_call(const void* op, const Value* arguments, int32_t argument_count, Value* results,
                                      int32_t capacity, int32_t* result_count) {
  return guarded([&] {
    const auto& handle = static_cast<const Operator*>(op)->handle;
    const auto& schema = handle.schema();
    const auto& parameters = schema.arguments();
    if (static_cast<size_t>(argument_count) > parameters.size())
      throw BadArgument(c10::toString(schema.operator_name()) + " takes at most " + std::to_string(parameters.size()) +
                        " arguments, got " + std::to_string(argument_count));
    torch::jit::Stack stack;
    stack.reserve(parameters.size());
    const Value left_out{};
    for (size_t k = 0; k < parameters.size(); ++k)
      stack.push_back(to_ivalue(schema, parameters[k], k < static_cast<size_t>(argument_count) ? arguments[k] : left_out));
    handle.callBoxed(&stack);
    if (stack.size() > static_cast<size_t>(capacity))
      throw BadArgument(c10::toString(schema.operator_name()) + " gives " + std::to_string(stack.size()) +
                        " results, room for " + std::to_string(capacity));
    for (size_t k = 0; k < stack.size(); ++k) put_ivalue(results[k], stack[k]);
    *result_count = static_cast<int32_t>(stack.size());
  });
}

DOOR_EXPORT Status door_free(void* memory) {
  std::free(memory);
  return kOk;
}
