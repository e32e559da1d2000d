using SegLstm.Torch.Native;

namespace TorchSharp;

/// <summary>PyTorch's functions, under PyTorch's names.</summary>
public static partial class torch
{
    /// <summary>A multi-dimensional array of libtorch.</summary>
    /// <remarks>
    /// A tensor is owned: dispose it, or create it inside <see cref="NewDisposeScope"/>, which disposes what was created in it.
    /// A forgotten tensor is freed when the collector finds it; it knows how many bytes each one holds.
    /// </remarks>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle _handle;

        // The scope's list runs through the tensors themselves, so that joining and leaving allocate nothing.
        internal DisposeScope? OwningDisposeScope;
        internal Tensor? PreviousInScope;
        internal Tensor? NextInScope;

        internal Tensor(TensorHandle handle)
        {
            _handle = handle;
            DisposeScopeManager.Register(this);
        }

        /// <summary>A second handle to the same tensor, for types that extend it.</summary>
        protected Tensor(Tensor other) : this(AliasHandle(other))
        {
        }

        /// <summary>The number of tensors that C# holds in this process.</summary>
        public static long TotalCount => TensorHandle.LiveCount;

        /// <summary>The highest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => TensorHandle.PeakCount;

        /// <summary>A name for the tensor, for debugging.</summary>
        public string? name { get; set; }

        /// <summary>Whether the tensor has been disposed.</summary>
        public bool IsInvalid => _handle.IsClosed;

        /// <summary>Lets go of the tensor. Views of it and the autograd graph keep the memory as long as they need it.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Lets go of the tensor.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (_handle.IsClosed) return;
            DisposeScopeManager.Forget(this);
            _handle.Dispose();
        }

        /// <summary>Moves the tensor to the scope around the one that owns it; out of all scopes if there is none.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of the scope that owns it.</summary>
        /// <returns>This tensor.</returns>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Moves the tensor to the scope that owns another tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Moves the tensor to another scope.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>A second handle to the same tensor, with a life of its own.</summary>
        public Tensor alias() => new(AliasHandle(this));

        /// <summary>The native handle, kept alive until <see cref="Release"/>.</summary>
        /// <exception cref="InvalidOperationException">The tensor has been disposed.</exception>
        internal nint Acquire()
        {
            if (_handle.IsClosed) ThrowDisposed();
            bool held = false;
            _handle.DangerousAddRef(ref held);
            return _handle.DangerousGetHandle();
        }

        internal void Release() => _handle.DangerousRelease();

        internal DoorTensorInfo Info
        {
            get
            {
                nint handle = Acquire();
                try
                {
                    Door.TensorInfo(handle, out DoorTensorInfo info).Check();
                    return info;
                }
                finally
                {
                    Release();
                }
            }
        }

        private static TensorHandle AliasHandle(Tensor tensor)
        {
            nint handle = tensor.Acquire();
            try
            {
                Door.TensorAlias(handle, out nint alias).Check();
                return new TensorHandle(alias, 0);
            }
            finally
            {
                tensor.Release();
            }
        }

        private void ThrowDisposed() => throw new InvalidOperationException(
            $"This tensor{(name is null ? "" : $" ('{name}')")} has been disposed" +
            " (by its dispose scope, a using statement or Dispose). Move it out of its scope with MoveToOuterDisposeScope() to keep it.");
    }
}
