using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Crypto;

/// <summary>Slots of secret memory are used again: never by two at once, and never with what was in them.</summary>
public sealed class SecretMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(512)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void A_secret_begins_as_zeros_whatever_its_memory_held(int length)
    {
        for (var i = 0; i < 100; i++)
        {
            using var secret = Secret.Zero(length);
            secret.Length.ShouldBe(length);
            secret.Span.ContainsAnyExcept((byte)0).ShouldBeFalse();
            secret.Writable.Fill(0xff);
        }
    }

    [Fact]
    public void Secrets_that_live_at_once_share_no_memory_on_any_thread()
    {
        int[] lengths = [16, 32, 64, 100, 512, 1024, 4096, 5000];
        Parallel.For(0, 8, worker =>
        {
            for (var round = 0; round < 50; round++)
            {
                var secrets = lengths.Select((length, i) => Filled(length, (byte)(worker * lengths.Length + i))).ToArray();
                for (var i = 0; i < secrets.Length; i++)
                {
                    secrets[i].Span.ContainsAnyExcept((byte)(worker * lengths.Length + i)).ShouldBeFalse();
                    secrets[i].Dispose();
                }
            }
        });
    }

    private static Secret Filled(int length, byte value)
    {
        var secret = Secret.Zero(length);
        secret.Writable.Fill(value);
        return secret;
    }
}
