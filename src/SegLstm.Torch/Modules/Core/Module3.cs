namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with three inputs.</summary>
        /// <typeparam name="T1">The first input.</typeparam>
        /// <typeparam name="T2">The second input.</typeparam>
        /// <typeparam name="T3">The third input.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public interface IModule<T1, T2, T3, TResult>
        {
            /// <summary>Computes the result, running hooks.</summary>
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module whose <c>forward</c> takes three inputs.</summary>
        /// <typeparam name="T1">The first input.</typeparam>
        /// <typeparam name="T2">The second input.</typeparam>
        /// <typeparam name="T3">The third input.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public abstract class Module<T1, T2, T3, TResult>
            : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>, Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult?>>, IModule<T1, T2, T3, TResult>
        {
            /// <summary>A module called <paramref name="name"/>.</summary>
            protected Module(string name) : base(name) { }

            /// <summary>Computes the result, without hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs the hooks that precede, <see cref="forward"/>, and the hooks that follow.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3) => HasHooks ? CallWithHooks(input1, input2, input3) : forward(input1, input2, input3);

            private TResult CallWithHooks(T1 input1, T2 input2, T3 input3)
            {
                RunBefore();
                foreach (var (_, hook) in PreHooks.Entries)
                    if (hook(this, input1, input2, input3) is { } replaced) (input1, input2, input3) = replaced;
                var result = forward(input1, input2, input3);
                foreach (var (_, hook) in PostHooks.Entries)
                    if (hook(this, input1, input2, input3, result) is { } replaced) result = replaced;
                RunAfter();
                return result;
            }
        }
    }
}
