using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters with their dotted names: the module's own, then its submodules' in order. A shared one comes once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var (own, parameter) in _parametersByName)
                    if (!parameter.IsInvalid && seen.Add(parameter)) yield return (own, parameter);
                if (!recurse) yield break;
                foreach (var (childName, child) in _childrenByName)
                    foreach (var (below, parameter) in child.named_parameters(true))
                        if (seen.Add(parameter)) yield return ($"{childName}.{below}", parameter);
            }

            /// <summary>The parameters, in the order of <see cref="named_parameters"/>.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair => pair.parameter);

            /// <summary>The buffers with their dotted names: the module's own, then its submodules' in order.</summary>
            /// <param name="recurse">Whether the submodules' buffers are listed too.</param>
            /// <param name="include_nonpersistent">Whether buffers that stay out of the state dictionary are listed.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (own, (buffer, persistent)) in _buffersByName)
                    if (!buffer.IsInvalid && (persistent || include_nonpersistent) && seen.Add(buffer)) yield return (own, buffer);
                if (!recurse) yield break;
                foreach (var (childName, child) in _childrenByName)
                    foreach (var (below, buffer) in child.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer)) yield return ($"{childName}.{below}", buffer);
            }

            /// <summary>The buffers, in the order of <see cref="named_buffers"/>.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
                => named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            /// <summary>The direct submodules with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _childrenByName.Select(pair => (pair.Key, pair.Value));

            /// <summary>The direct submodules.</summary>
            public virtual IEnumerable<Module> children() => _childrenByName.Values;

            /// <summary>
            /// All submodules with their dotted names, level by level within each branch. Unlike in PyTorch this module
            /// itself is not among them.
            /// </summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (childName, child) in named_children())
                    foreach (var (below, module) in child.named_modules())
                        yield return ($"{childName}.{below}", module);
            }

            /// <summary>All submodules, in the order of <see cref="named_modules"/>.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            /// <summary>Whether there is a buffer of this dotted name.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Whether there is a parameter of this dotted name.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>The buffer of a dotted name, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                if (_buffersByName.TryGetValue(target, out var own)) return own.Buffer;
                return Child(target, out var below)?.get_buffer(below);
            }

            /// <summary>The parameter of a dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                if (_parametersByName.TryGetValue(target, out var own)) return own;
                return Child(target, out var below)?.get_parameter(below);
            }

            private Module? Child(string target, out string below)
            {
                var dot = target.IndexOf('.');
                below = target[(dot + 1)..];
                return dot < 0 ? null : _childrenByName.GetValueOrDefault(target[..dot]);
            }
        }
    }
}
