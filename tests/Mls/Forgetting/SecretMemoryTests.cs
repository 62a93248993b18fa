using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;

namespace Skytale.Mls.Tests.Forgetting;

/// <summary>The memory behind <see cref="Secret"/> and the writer, observed itself.</summary>
[Collection(nameof(SecretHeap))]
public sealed class SecretMemoryTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5000)]
    public void Disposal_zeroes_the_memory(int length)
    {
        var value = RandomNumberGenerator.GetBytes(length);
        var secret = Secret.Copy(value);
        var memory = secret.Memory;
        memory.Span.SequenceEqual(value).ShouldBeTrue();
        secret.Dispose();
        memory.Span.ContainsAnyExcept((byte)0).ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => secret.Span.Length);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(5000)]
    public void A_secret_that_nobody_disposed_is_zeroed_by_its_finaliser(int length)
    {
        var value = RandomNumberGenerator.GetBytes(length);
        var memory = Forgotten(value);
        for (var i = 0; i < 10 && memory.Span.ContainsAnyExcept((byte)0); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        memory.Span.ContainsAnyExcept((byte)0).ShouldBeFalse();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static ReadOnlyMemory<byte> Forgotten(byte[] value)
        {
            var memory = Secret.Copy(value).Memory;
            memory.Span.SequenceEqual(value).ShouldBeTrue();
            return memory;
        }
    }

    [Fact]
    [Fault(32)]
    public void Memory_that_is_used_again_is_clean_and_belongs_to_one_secret_only()
    {
        for (var round = 0; round < 3; round++)
        {
            var secrets = Enumerable.Range(0, 3000).Select(i => Secret.Zero(1 + i % 64)).ToArray();
            foreach (var secret in secrets)
            {
                secret.Span.ContainsAnyExcept((byte)0).ShouldBeFalse();
                secret.Writable.Fill(0xff);
            }
            foreach (var secret in secrets)
                secret.Dispose();
        }
        var marked = Enumerable.Range(0, 3000).Select(i => Secret.Copy(BitConverter.GetBytes(i))).ToArray();
        for (var i = 0; i < marked.Length; i++)
            BitConverter.ToInt32(marked[i].Span).ShouldBe(i);
        foreach (var secret in marked)
            secret.Dispose();
    }

    [Fact]
    public void Disposing_twice_or_on_two_threads_gives_the_memory_back_once()
    {
        // Given back twice, a slot would later belong to two secrets at once.
        var secrets = Enumerable.Range(0, 20_000).Select(_ => Secret.Zero(1)).ToArray();
        var arrived = 0;
        var other = new Thread(DisposeAll);
        other.Start();
        DisposeAll();
        other.Join();

        void DisposeAll()
        {
            for (var i = 0; i < secrets.Length; i++)
            {
                Interlocked.Increment(ref arrived);
                SpinWait.SpinUntil(() => Volatile.Read(ref arrived) >= 2 * (i + 1));
                secrets[i].Dispose();
            }
        }

        var all = Enumerable.Range(0, 40_000).Select(i => Secret.Copy(BitConverter.GetBytes(i))).ToArray();
        all.Where((secret, i) => BitConverter.ToInt32(secret.Span) != i).Count().ShouldBe(0, "slots that two secrets share");
        foreach (var secret in all)
            secret.Dispose();
    }

    [Fact]
    public void The_search_through_secret_memory_finds_what_is_there_and_not_what_was()
    {
        var value = RandomNumberGenerator.GetBytes(32);
        SecretHeap.Holds(value).ShouldBeFalse();
        var secret = Secret.Copy(value);
        SecretHeap.Holds(value).ShouldBeTrue();
        secret.Dispose();
        SecretHeap.Holds(value).ShouldBeFalse();
    }

    [Fact]
    public void A_writer_gives_its_buffers_back_zeroed()
    {
        var value = RandomNumberGenerator.GetBytes(64);

        // The control: what is given back to the pool as it is, the search finds.
        var dirty = ArrayPool<byte>.Shared.Rent(256);
        value.CopyTo(dirty, 0);
        ArrayPool<byte>.Shared.Return(dirty);
        SecretHeap.PoolHolds(value).ShouldBeTrue();
        dirty.AsSpan().Clear();
        SecretHeap.PoolHolds(value).ShouldBeFalse();

        var writer = new TlsWriter();
        var start = writer.BeginVector();
        writer.WriteOpaque(value);
        var beforeGrowing = writer.WrittenSpan;
        writer.WriteZeros(1000);
        writer.WriteOpaque(value);
        writer.EndVector(start);
        var all = writer.WrittenSpan;
        all.IndexOf(value).ShouldBePositive();
        beforeGrowing.IndexOf(value).ShouldBe(-1);
        writer.Dispose();
        all.IndexOf(value).ShouldBe(-1);
        SecretHeap.PoolHolds(value).ShouldBeFalse();
    }

    [Fact]
    public void Text_of_a_secret_is_its_length()
    {
        using var secret = Secret.Random(32, TestRandom.Fill);
        secret.ToString().ShouldBe("Secret(32 bytes)");
        $"{secret}".ShouldNotContain(Convert.ToHexString(secret.Span), Case.Insensitive);
    }

    [Fact]
    public void Decrypted_application_data_is_zeroed_with_its_buffer()
    {
        var value = RandomNumberGenerator.GetBytes(40);
        var opened = new OpenedContent(ContentType.Application, 100);
        value.CopyTo(opened.Buffer);
        var buffer = opened.Buffer;
        buffer.IndexOf(value).ShouldBe(0);
        opened.Dispose();
        buffer.IndexOf(value).ShouldBe(-1);
    }
}
