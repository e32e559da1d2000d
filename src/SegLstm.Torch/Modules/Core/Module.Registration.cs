using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private static readonly ConcurrentDictionary<Type, (string Name, FieldInfo Field)[]> s_fields = new();

            private readonly OrderedDictionary<string, Parameter> _parametersByName = new();
            private readonly OrderedDictionary<string, (Tensor Buffer, bool Persistent)> _buffersByName = new();
            private readonly OrderedDictionary<string, Module> _childrenByName = new();
            private bool _registered;

            /// <summary>
            /// Registers what the fields of this instance hold: a module as a submodule, a parameter as a parameter, any
            /// other tensor as a persistent buffer. The name is the field's, or the one that
            /// <see cref="ComponentNameAttribute"/> gives. Without this call a module has no parameters.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                foreach (var (componentName, field) in s_fields.GetOrAdd(GetType(), FieldsThatMayHoldComponents))
                {
                    if (IsRegistered(componentName)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(componentName, module); break;
                        case Parameter parameter: register_parameter(componentName, parameter); break;
                        case Tensor tensor: register_buffer(componentName, tensor); break;
                    }
                }
                _registered = true;
            }

            /// <summary>Adds a submodule; a null <paramref name="submodule"/> removes the one of that name.</summary>
            /// <exception cref="ArgumentException">The name is empty or contains a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken by another submodule.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _childrenByName.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A submodule's name can't be empty.", nameof(name));
                if (name.Contains('.'))
                    throw new ArgumentException($"A submodule's name can't contain a dot, because dots separate levels in parameter names; got '{name}'.", nameof(name));
                if (!_childrenByName.TryAdd(name, submodule))
                    throw new InvalidOperationException($"{GetName()} has a submodule called '{name}' already.");
                submodule.RegisterComponents();
            }

            /// <summary>Adds a submodule under a name: another spelling of <see cref="register_module"/>.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a parameter: a tensor that optimizers change.</summary>
            /// <exception cref="InvalidOperationException">The name is taken by another parameter.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), $"Parameter '{name}' of {GetName()} is null or was disposed.");
                if (!_parametersByName.TryAdd(name, param))
                    throw new InvalidOperationException($"{GetName()} has a parameter called '{name}' already.");
                param.DetachFromDisposeScope();
            }

            /// <summary>
            /// Adds a buffer: a tensor that belongs to the module's state but is not trained, such as running statistics.
            /// A buffer that is not <paramref name="persistent"/> moves with the module and stays out of its state dictionary.
            /// </summary>
            /// <exception cref="InvalidOperationException">The name is taken by another buffer.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), $"Buffer '{name}' of {GetName()} is null or was disposed.");
                if (!_buffersByName.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"{GetName()} has a buffer called '{name}' already.");
                tensor.DetachFromDisposeScope();
            }

            /// <summary>Registers a parameter, replaces the one of that name, or removes it where <paramref name="value"/> is null.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    _parametersByName.Remove(name);
                    return;
                }
                value.DetachFromDisposeScope();
                _parametersByName[name] = value;
            }

            /// <summary>Registers a buffer, replaces the one of that name, or removes it where <paramref name="value"/> is null.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    _buffersByName.Remove(name);
                    return;
                }
                value.DetachFromDisposeScope();
                _buffersByName[name] = (value, persistent);
            }

            /// <summary>Forgets all submodules, without disposing them.</summary>
            protected void ClearModules() => _childrenByName.Clear();

            /// <summary>For a layer's property: puts a parameter in its field and in the register, and disposes the one before.</summary>
            internal void ReplaceParameter(ref Parameter? field, Parameter? value, string name)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                ConditionallyRegisterParameter(name, value);
            }

            /// <summary>For a layer's property: puts a buffer in its field and in the register, and disposes the one before.</summary>
            internal void ReplaceBuffer(ref Tensor? field, Tensor? value, string name)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                ConditionallyRegisterBuffer(name, value);
            }

            private bool IsRegistered(string name)
                => _childrenByName.ContainsKey(name) || _parametersByName.ContainsKey(name) || _buffersByName.ContainsKey(name);

            /// <summary>The instance fields of a class and its bases, the derived class's first, less those whose type can't hold a component.</summary>
            private static (string, FieldInfo)[] FieldsThatMayHoldComponents(Type type)
            {
                var fields = new List<(string, FieldInfo)>();
                for (var level = type; level is not null && level != typeof(Module); level = level.BaseType)
                    foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    {
                        var held = field.FieldType;
                        if (held.IsValueType || held.IsArray || held == typeof(string) || typeof(Delegate).IsAssignableFrom(held)) continue;
                        fields.Add((field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name, field));
                    }
                return fields.ToArray();
            }
        }
    }
}
