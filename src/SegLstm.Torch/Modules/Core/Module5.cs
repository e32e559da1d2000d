namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with five inputs.</summary>
        /// <typeparam name="T1">The first input.</typeparam>
        /// <typeparam name="T2">The second input.</typeparam>
        /// <typeparam name="T3">The third input.</typeparam>
        /// <typeparam name="T4">The fourth input.</typeparam>
        /// <typeparam name="T5">The fifth input.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public interface IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>Computes the result, running hooks.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);
        }

        /// <summary>A module whose <c>forward</c> takes five inputs.</summary>
        /// <typeparam name="T1">The first input.</typeparam>
        /// <typeparam name="T2">The second input.</typeparam>
        /// <typeparam name="T3">The third input.</typeparam>
        /// <typeparam name="T4">The fourth input.</typeparam>
        /// <typeparam name="T5">The fifth input.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public abstract class Module<T1, T2, T3, T4, T5, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>, Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult?>>, IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>A module called <paramref name="name"/>.</summary>
            protected Module(string name) : base(name) { }

            /// <summary>Computes the result, without hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            /// <summary>Runs the hooks that precede, <see cref="forward"/>, and the hooks that follow.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5) => HasHooks ? CallWithHooks(input1, input2, input3, input4, input5) : forward(input1, input2, input3, input4, input5);

            private TResult CallWithHooks(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                RunBefore();
                foreach (var (_, hook) in PreHooks.Entries)
                    if (hook(this, input1, input2, input3, input4, input5) is { } replaced) (input1, input2, input3, input4, input5) = replaced;
                var result = forward(input1, input2, input3, input4, input5);
                foreach (var (_, hook) in PostHooks.Entries)
                    if (hook(this, input1, input2, input3, input4, input5, result) is { } replaced) result = replaced;
                RunAfter();
                return result;
            }
        }
    }
}
