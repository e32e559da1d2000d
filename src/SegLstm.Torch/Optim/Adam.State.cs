using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class Adam
{
    /// <summary>What Adam remembers of a parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps were taken.</summary>
        public long step;

        /// <summary>The running average of the gradient.</summary>
        public Tensor? exp_avg;

        /// <summary>The running average of the gradient's square.</summary>
        public Tensor? exp_avg_sq;

        /// <summary>The largest <see cref="exp_avg_sq"/> so far; null without AMSGrad.</summary>
        public Tensor? max_exp_avg_sq;

        /// <summary>The state of <paramref name="parameter"/>.</summary>
        public State(Parameter parameter) : base(parameter)
        {
        }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Replace(ref exp_avg, Zeros());
            Replace(ref exp_avg_sq, Zeros());
            Replace(ref max_exp_avg_sq, ((Options)options).amsgrad == true ? Zeros() : null);
        }

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            exp_avg!.Save(writer);
            exp_avg_sq!.Save(writer);
            SaveConditionalStateTensor(writer, max_exp_avg_sq);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            exp_avg!.Load(reader);
            exp_avg_sq!.Load(reader);
            LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var given = (State)source;
            step = given.step;
            CopyFrom(ref exp_avg, given.exp_avg);
            CopyFrom(ref exp_avg_sq, given.exp_avg_sq);
            CopyFrom(ref max_exp_avg_sq, given.max_exp_avg_sq);
        }

        /// <inheritdoc/>
        public override bool ApproximatelyEquals(OptimizerState other) => other is State state && step == state.step
            && Near(exp_avg, state.exp_avg) && Near(exp_avg_sq, state.exp_avg_sq) && Near(max_exp_avg_sq, state.max_exp_avg_sq);

        /// <inheritdoc/>
        public override void to(Device device)
        {
            Move(ref exp_avg, device);
            Move(ref exp_avg_sq, device);
            Move(ref max_exp_avg_sq, device);
        }

        /// <summary>Disposes the running averages.</summary>
        public void Dispose()
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }
}
