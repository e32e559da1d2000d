using System.Text;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Layers, losses, and the classes to build models from.</summary>
    public static partial class nn
    {
        /// <summary>
        /// A part of a network: named parameters, named buffers and named submodules, in the order in which they were
        /// registered. Derive from <see cref="Module{T, TResult}"/> (or its relatives with more inputs), assign the
        /// submodules to fields, and call <see cref="RegisterComponents"/> at the end of the constructor.
        /// </summary>
        public partial class Module : IDisposable
        {
            /// <summary>The name that the constructor was given, usually the class's.</summary>
            protected string? name;

            private bool _training = true;

            /// <summary>A module called <paramref name="name"/>, in training mode.</summary>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is in training mode: dropout drops and batch norm uses the batch's statistics.</summary>
            public virtual bool training => _training;

            /// <summary>The module's name: the constructor's, or the class's where that was empty.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>Puts this module and all submodules in training mode, or out of it.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            /// <summary>Puts this module and all submodules in evaluation mode.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> with every submodule, children before parents, then with this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Removes the gradients of all parameters, or fills them with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            /// <summary>Disposes the parameters, the buffers and the submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes what the module holds; tensors have finalizers of their own, so modules need none.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var parameter in _parametersByName.Values) parameter.Dispose();
                foreach (var (buffer, _) in _buffersByName.Values) buffer.Dispose();
                foreach (var child in _childrenByName.Values) child.Dispose();
            }

            /// <summary>The tree of submodules, one a line, as PyTorch prints it.</summary>
            public override string ToString()
            {
                var text = new StringBuilder();
                Print(text, indent: 0);
                return text.ToString();
            }

            private void Print(StringBuilder text, int indent)
            {
                text.Append(GetName());
                if (_childrenByName.Count == 0)
                {
                    text.Append("()");
                    return;
                }
                text.Append('(').AppendLine();
                foreach (var (childName, child) in _childrenByName)
                {
                    text.Append(' ', indent + 2).Append('(').Append(childName).Append("): ");
                    child.Print(text, indent + 2);
                    text.AppendLine();
                }
                text.Append(' ', indent).Append(')');
            }
        }
    }
}
