namespace TorchSharp;

// The state of the default generator.
public static partial class torch
{
    /// <summary>The state of the default generator, as bytes.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Puts the default generator into a state that <see cref="get_rng_state"/> gave.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The seed of the default generator.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>Draws a seed from the system's entropy and starts its sequence.</summary>
    /// <returns>The seed.</returns>
    public static long seed()
    {
        using Generator generator = Generator.Default;
        return generator.seed();
    }
}
