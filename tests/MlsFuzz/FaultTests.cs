using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Fuzz.Mls.Targets;
using Skytale.Mls;
using Skytale.Mls.Codec;

namespace Skytale.MlsFuzz.Tests;

/// <summary>The negative controls: targets with each of the faults that a run is there to find.</summary>
public sealed class FaultTests
{
    [Fact]
    public void An_exception_of_another_kind_is_a_fault_and_the_input_is_told() =>
        FaultOf(new Faulty(input => throw new InvalidOperationException($"{input[0]}"))).ShouldContain("InvalidOperationException: 7\n");

    [Fact]
    public void A_refusal_that_changed_the_state_is_a_fault()
    {
        byte[] state = [0];
        var target = new Faulty(input =>
        {
            state[0]++;
            throw new MlsException(MlsError.Truncated);
        }, () => [.. state]);
        FaultOf(target).ShouldContain("Truncated, but the state changed");
    }

    [Fact]
    public void A_valid_input_that_is_refused_is_a_fault() =>
        FaultOf(new Faulty(_ => throw new MlsException(MlsError.WrongGroup))).ShouldContain("ends in WrongGroup");

    [Fact]
    public void A_decoder_that_allocates_what_a_length_claims_is_a_fault() => FaultOf(new DecoderTarget<Greedy>(new FuzzGroup(), new Greedy())).ShouldContain("bytes allocated for an input of");

    [Fact]
    public void A_decoder_that_takes_two_encodings_of_one_thing_is_a_fault() => FaultOf(new DecoderTarget<Careless>(new FuzzGroup(), new Careless())).ShouldContain("encodes as");

    [Fact]
    public void The_seed_decides_the_inputs()
    {
        byte[][] corpus = [[1, 2, 3, 4, 5, 6, 7, 8], [9, 9]];
        Inputs(1).ShouldBe(Inputs(1));
        Inputs(1).ShouldNotBe(Inputs(2));
        Inputs(1).Distinct().Count().ShouldBeGreaterThan(150);

        List<string> Inputs(int seed)
        {
            var mutator = new Mutator(seed, corpus);
            return [.. Enumerable.Range(0, 200).Select(_ => Convert.ToHexString(mutator.Next()))];
        }
    }

    [Fact]
    public void A_group_is_the_same_in_every_run()
    {
        // Else an input that was printed would mean something else the next time.
        using var one = new FuzzGroup();
        using var other = new FuzzGroup();
        Tls.Encode(one.Pending.Commit).ShouldBe(Tls.Encode(other.Pending.Commit));
        one.Bob.Save().ShouldBe(other.Bob.Save());
    }

    private static string FaultOf(FuzzTarget target)
    {
        using (target)
        {
            var fault = Should.Throw<FuzzFault>(() => new FuzzRun("faulty", target).Mutate(1, 2000));
            fault.Message.ShouldContain("scripts/fuzz faulty hex ");
            return fault.Message;
        }
    }

    private sealed class Faulty(Action<byte[]> take, Func<byte[]?>? state = null) : FuzzTarget(new FuzzGroup())
    {
        public override IReadOnlyList<byte[]> Seeds { get; } = [[7]];

        public override void Take(byte[] input) => take(input);

        public override byte[]? State() => state?.Invoke();
    }

    private sealed class Greedy : IWireStruct<Greedy>
    {
        private static readonly byte[] Content = [1, 2, 3, 4, 5, 6, 7, 8];

        public void WriteTo(TlsWriter writer) => writer.WriteOpaque(Content);

        public static Greedy ReadFrom(ref TlsReader reader)
        {
            // The length is believed before the bytes are there.
            var content = new byte[reader.ReadLength() % (1 << 24)];
            reader.ReadFixed(content.Length).Span.CopyTo(content);
            return content.AsSpan().SequenceEqual(Content) ? new Greedy() : throw new MlsException(MlsError.UnknownEnumValue);
        }
    }

    private sealed class Careless : IWireStruct<Careless>
    {
        public void WriteTo(TlsWriter writer) => writer.WritePresence(true);

        public static Careless ReadFrom(ref TlsReader reader) => reader.ReadUInt8() == 0 ? throw new MlsException(MlsError.InvalidPresence) : new Careless();
    }
}
