using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class RMSProp
{
    /// <summary>What RMSProp remembers of a parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps were taken.</summary>
        public long step;

        /// <summary>The running average of the gradient's square.</summary>
        public Tensor? square_avg;

        /// <summary>The running direction; null without momentum.</summary>
        public Tensor? momentum_buffer;

        /// <summary>The running average of the gradient; null unless centered.</summary>
        public Tensor? grad_avg;

        /// <summary>The state of <paramref name="parameter"/>.</summary>
        public State(Parameter parameter) : base(parameter)
        {
        }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            var wanted = (Options)options;
            step = 0;
            Replace(ref square_avg, Zeros());
            Replace(ref momentum_buffer, wanted.momentum > 0 ? Zeros() : null);
            Replace(ref grad_avg, wanted.centered == true ? Zeros() : null);
        }

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            square_avg!.Save(writer);
            SaveConditionalStateTensor(writer, momentum_buffer);
            SaveConditionalStateTensor(writer, grad_avg);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            square_avg!.Load(reader);
            LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);
            LoadConditionalStateTensor(reader, ref grad_avg, _parameter.device);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var given = (State)source;
            step = given.step;
            CopyFrom(ref square_avg, given.square_avg);
            CopyFrom(ref momentum_buffer, given.momentum_buffer);
            CopyFrom(ref grad_avg, given.grad_avg);
        }

        /// <inheritdoc/>
        public override bool ApproximatelyEquals(OptimizerState other) => other is State state && step == state.step
            && Near(square_avg, state.square_avg) && Near(momentum_buffer, state.momentum_buffer) && Near(grad_avg, state.grad_avg);

        /// <inheritdoc/>
        public override void to(Device device)
        {
            Move(ref square_avg, device);
            Move(ref momentum_buffer, device);
            Move(ref grad_avg, device);
        }

        /// <summary>Disposes the running averages.</summary>
        public void Dispose()
        {
            square_avg?.Dispose();
            momentum_buffer?.Dispose();
            grad_avg?.Dispose();
        }
    }
}
