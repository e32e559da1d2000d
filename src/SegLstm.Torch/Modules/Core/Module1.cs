namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with one input.</summary>
        /// <typeparam name="T">The input.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public interface IModule<T, TResult>
        {
            /// <summary>Computes the result, running hooks.</summary>
            TResult call(T input1);
        }

        /// <summary>A module whose <c>forward</c> takes one input.</summary>
        /// <typeparam name="T">The input.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T?>, Func<Module<T, TResult>, T, TResult, TResult?>>, IModule<T, TResult>
        {
            /// <summary>A module called <paramref name="name"/>.</summary>
            protected Module(string name) : base(name) { }

            /// <summary>Computes the result, without hooks.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs the hooks that precede, <see cref="forward"/>, and the hooks that follow.</summary>
            public TResult call(T input) => HasHooks ? CallWithHooks(input) : forward(input);

            private TResult CallWithHooks(T input)
            {
                RunBefore();
                foreach (var (_, hook) in PreHooks.Entries)
                    if (hook(this, input) is { } replaced) input = replaced;
                var result = forward(input);
                foreach (var (_, hook) in PostHooks.Entries)
                    if (hook(this, input, result) is { } replaced) result = replaced;
                RunAfter();
                return result;
            }
        }
    }
}
