using SegLstm.Torch;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function's forward leaves for its backward.</summary>
        public sealed unsafe class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];
            private List<Tensor> _toSave = [];
            private nint _weakNode;

            internal AutogradContext()
            {
            }

            /// <summary>Lets go of what nobody disposed.</summary>
            ~AutogradContext() => FreeNode();

            internal HashSet<Tensor> NonDifferentiable { get; } = new(ReferenceEqualityComparer.Instance);

            /// <summary>Whether backward gets zeros, not null, for an output without a gradient.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors for backward. In-place changes of them in between are found out.</summary>
            public void save_for_backward(List<Tensor> tensors) => _toSave = tensors;

            /// <summary>The tensors of <see cref="save_for_backward"/>.</summary>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">They were changed in place, or freed by an earlier backward.</exception>
            public List<Tensor> get_saved_variables()
            {
                var results = new DoorValue[_toSave.Count == 0 ? _savedCount : _toSave.Count];
                if (results.Length == 0) return [];
                UseNode(node =>
                {
                    fixed (DoorValue* r = results) return Door.NodeSaved(node, r, results.Length, out _);
                });
                return results.Select(value => Operator.ToTensor(value)!).ToList();
            }

            /// <summary>Keeps any value for backward.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            /// <summary>A value of <see cref="save_data"/>, null if there is none.</summary>
            public object? get_data(string key) => _data.GetValueOrDefault(key);

            /// <summary>Names outputs that have no gradient.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable.UnionWith(tensors);

            /// <summary>Sets whether backward gets zeros, not null, for an output without a gradient.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>Lets go of all that was kept.</summary>
            public void Dispose()
            {
                _data.Clear();
                FreeNode();
                GC.SuppressFinalize(this);
            }

            private int _savedCount;

            // The graph owns the node; the context knows it weakly, or each would keep the other for ever.
            internal void Join(nint node)
            {
                Door.NodeWeaken(node, out _weakNode).Check();
                using var pins = new TensorPins(_toSave);
                fixed (nint* handles = pins.Handles) Door.NodeSave(node, handles, pins.Handles.Length).Check();
                _savedCount = _toSave.Count;
                _toSave = [];
            }

            private void UseNode(Func<nint, DoorStatus> call)
            {
                Door.NodeLock(_weakNode, out nint node).Check();
                if (node == nint.Zero) throw new InvalidOperationException("The graph of this context is gone: backward has run, or its outputs were freed.");
                try
                {
                    call(node).Check();
                }
                finally
                {
                    Door.NodeFree(node);
                }
            }

            private void FreeNode()
            {
                nint weak = Interlocked.Exchange(ref _weakNode, nint.Zero);
                if (weak != nint.Zero) Door.NodeFreeWeak(weak);
            }
        }
    }
}
