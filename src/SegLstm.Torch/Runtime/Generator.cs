using SegLstm.Torch;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the random numbers of every device: the same seed gives PyTorch's own numbers.</summary>
    /// <returns>The default generator.</returns>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The default generator.</summary>
    public static class random
    {
        /// <summary>Seeds the random numbers of every device: the same seed gives PyTorch's own numbers.</summary>
        /// <returns>The default generator.</returns>
        public static Generator manual_seed(long seed)
        {
            Door.ManualSeed(unchecked((ulong)seed)).Check();
            return Generator.Default;
        }

        /// <summary>The state of the default generator.</summary>
        public static Tensor get_rng_state() => Generator.Default.get_state();

        /// <summary>Puts the default generator into a state.</summary>
        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

        /// <summary>The seed of the default generator.</summary>
        public static long initial_seed() => Generator.Default.initial_seed();
    }

    /// <summary>A source of random numbers (PyTorch's Mersenne Twister on the CPU).</summary>
    public class Generator : IDisposable
    {
        private readonly GeneratorHandle _handle;

        /// <summary>A generator of its own.</summary>
        /// <param name="seed">The seed.</param>
        /// <param name="device">The device; the CPU.</param>
        /// <exception cref="NotSupportedException">The device is not the CPU.</exception>
        public Generator(ulong seed = 0, Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CPU)
                throw new NotSupportedException($"a generator of its own is made for the CPU only, got {device}");
            Door.GeneratorNew(seed, out nint handle).Check();
            _handle = new GeneratorHandle(handle);
        }

        private Generator(GeneratorHandle handle) => _handle = handle;

        /// <summary>The generator that functions use when they are given none.</summary>
        public static Generator Default
        {
            get
            {
                Door.GeneratorDefault(out nint handle).Check();
                return new Generator(new GeneratorHandle(handle));
            }
        }

        /// <summary>The device of the numbers.</summary>
        public Device device => CPU;

        /// <summary>Starts the sequence of a seed.</summary>
        /// <returns>This generator.</returns>
        public Generator manual_seed(long seed)
        {
            Use(handle => Door.GeneratorSetSeed(handle, unchecked((ulong)seed)));
            return this;
        }

        /// <summary>Draws a seed from the system's entropy and starts its sequence.</summary>
        /// <returns>The seed.</returns>
        public long seed() => Seed(drawNew: true);

        /// <summary>The seed of the current sequence.</summary>
        public long initial_seed() => Seed(drawNew: false);

        /// <summary>The whole state, as bytes.</summary>
        public Tensor get_state()
        {
            DoorValue state = default;
            Use(handle => Door.GeneratorState(handle, out state));
            return Operator.ToTensor(state)!;
        }

        /// <summary>Puts the generator into a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value)
        {
            nint state = value.Acquire();
            try
            {
                Use(handle => Door.GeneratorSetState(handle, state));
            }
            finally
            {
                value.Release();
            }
        }

        /// <summary>Lets go of the generator.</summary>
        public void Dispose()
        {
            _handle.Dispose();
            GC.SuppressFinalize(this);
        }

        internal nint Acquire()
        {
            bool held = false;
            _handle.DangerousAddRef(ref held);
            Door.GeneratorPointer(_handle.DangerousGetHandle(), out nint pointer).Check();
            return pointer;
        }

        internal void Release() => _handle.DangerousRelease();

        private long Seed(bool drawNew)
        {
            ulong seed = 0;
            Use(handle => Door.GeneratorSeed(handle, drawNew ? (byte)1 : (byte)0, out seed));
            return unchecked((long)seed);
        }

        private void Use(Func<nint, DoorStatus> call)
        {
            bool held = false;
            _handle.DangerousAddRef(ref held);
            try
            {
                call(_handle.DangerousGetHandle()).Check();
            }
            finally
            {
                _handle.DangerousRelease();
            }
        }
    }
}
