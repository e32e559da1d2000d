using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose <c>call</c> runs hooks before and after <c>forward</c>.</summary>
        /// <typeparam name="TPreHook">A function of the module and its inputs that may replace the inputs.</typeparam>
        /// <typeparam name="TPostHook">A function of the module, its inputs and its result that may replace the result.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private protected readonly HookList<TPreHook> PreHooks = new();
            private protected readonly HookList<TPostHook> PostHooks = new();
            private protected readonly HookList<Action<Module>> ModulePreHooks = new();
            private protected readonly HookList<Action<Module>> ModulePostHooks = new();

            /// <summary>A module called <paramref name="name"/>.</summary>
            protected HookableModule(string name) : base(name) { }

            /// <summary>Runs <paramref name="hook"/> after each <c>forward</c>; where it returns something, that is the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Register(PostHooks, hook);

            /// <summary>Runs <paramref name="hook"/> after each <c>forward</c>.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Register(ModulePostHooks, hook);

            /// <summary>Runs <paramref name="hook"/> before each <c>forward</c>; where it returns something, that is the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Register(PreHooks, hook);

            /// <summary>Runs <paramref name="hook"/> before each <c>forward</c>.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Register(ModulePreHooks, hook);

            /// <summary>Whether there are hooks, which only <c>call</c> runs: code that computes several modules at once asks.</summary>
            public bool HasHooks { get; private set; }

            private protected void RunBefore()
            {
                foreach (var (_, hook) in ModulePreHooks.Entries) hook(this);
            }

            private protected void RunAfter()
            {
                foreach (var (_, hook) in ModulePostHooks.Entries) hook(this);
            }

            private HookRemover Register<THook>(HookList<THook> list, THook hook)
            {
                ArgumentNullException.ThrowIfNull(hook);
                var key = Guid.NewGuid().ToString();
                list.Add(key, hook);
                HasHooks = true;
                return new HookRemover(this, key);
            }

            private void Remove(string key)
            {
                PreHooks.Remove(key);
                PostHooks.Remove(key);
                ModulePreHooks.Remove(key);
                ModulePostHooks.Remove(key);
                HasHooks = !(PreHooks.IsEmpty && PostHooks.IsEmpty && ModulePreHooks.IsEmpty && ModulePostHooks.IsEmpty);
            }

            /// <summary>Takes one hook away again.</summary>
            /// <param name="module">The module that the hook was registered with.</param>
            /// <param name="key">The hook's key.</param>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                /// <summary>Removes the hook; the second call does nothing.</summary>
                public void remove() => module.Remove(key);
            }
        }
    }
}
