using System.Security.Cryptography;
using System.Text;
using Skytale.LivePeers.Tests.Peers;
using Skytale.Sdk.Slim;
using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>A native agent on its relay connection in sessions with applications over the real client, on the proxy.</summary>
[Trait("Category", "Live")]
public sealed class NativeAgentTests(NativeServer server) : IClassFixture<NativeServer>
{
    private const int Patience = 120_000;
    private const int Retries = 20;

    // The largest that the client's own padding leaves within its 4 MiB where it encrypts.
    private static readonly int[] s_sizes = [1, 16_384, 3_600_000];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<bool, bool> Kinds => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Kinds))]
    public async Task An_application_calls_a_native_agent(bool isReliable, bool mls)
    {
        await using var account = await server.SignUpAsync();
        var native = (await account.ConnectAsync("native")).Slim;
        await using var application = await ConnectAsync(account, "application");

        var theirs = await application.OpenAsync(account.NameOf("native"), new SessionKind(mls, isReliable ? Retries : null));
        var ours = await native.AcceptAsync(Cancel);
        (ours.IsReliable, ours.IsEncrypted, ours.IsGroup, ours.IsModerator).ShouldBe((isReliable, mls, false, false));

        await TalkAsync(native, ours, application, theirs);
        await ours.CloseAsync(Cancel);
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Kinds))]
    public async Task A_native_agent_calls_an_application(bool isReliable, bool mls)
    {
        await using var account = await server.SignUpAsync();
        var native = (await account.ConnectAsync("native")).Slim;
        await using var application = await ConnectAsync(account, "application");

        var listening = application.ListenAsync();
        var ours = await native.ConnectAsync(application.Name, Options(mls) with { Reliable = isReliable }, Cancel);
        var theirs = await listening;
        ours.IsModerator.ShouldBeTrue();

        await TalkAsync(native, ours, application, theirs);
        await ours.CloseAsync(Cancel);
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_native_agent_takes_part_in_an_applications_group(bool mls)
    {
        await using var account = await server.SignUpAsync();
        var native = (await account.ConnectAsync("native")).Slim;
        await using var moderator = await ConnectAsync(account, "moderator");
        await using var alice = await ConnectAsync(account, "alice");
        await using var bob = await ConnectAsync(account, "bob");
        var room = await moderator.OpenGroupAsync(account.NameOf("room"), new SessionKind(mls, Retries));
        var atAlice = await InviteAsync(alice, () => moderator.InviteAsync(room, alice.Name));
        await moderator.InviteAsync(room, account.NameOf("native"));
        var ours = await native.AcceptAsync(Cancel);
        var atBob = await InviteAsync(bob, () => moderator.InviteAsync(room, bob.Name));
        (ours.IsGroup, ours.IsEncrypted).ShouldBe((true, mls));

        await EverybodyHearsAsync(ours, (moderator, room), (alice, atAlice), (bob, atBob));
        await moderator.RemoveAsync(room, bob.Name);
        await EverybodyHearsAsync(ours, (moderator, room), (alice, atAlice));
        await moderator.RemoveAsync(room, account.NameOf("native"));
        (await ours.Closed.WaitAsync(Cancel)).ShouldContain("removed");
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_native_agent_moderates_a_group_of_three_applications(bool mls)
    {
        await using var account = await server.SignUpAsync();
        var native = (await account.ConnectAsync("native")).Slim;
        var room = native.CreateGroup(account.NameOf("room"), Options(mls));
        await using var alice = await ConnectAsync(account, "alice");
        await using var bob = await ConnectAsync(account, "bob");
        await using var carol = await ConnectAsync(account, "carol");
        var atAlice = await InviteAsync(alice, () => room.InviteAsync(alice.Name, Cancel));
        var atBob = await InviteAsync(bob, () => room.InviteAsync(bob.Name, Cancel));
        var atCarol = await InviteAsync(carol, () => room.InviteAsync(carol.Name, Cancel));

        await EverybodyHearsAsync(room, (alice, atAlice), (bob, atBob), (carol, atCarol));
        await room.RemoveAsync(room.Participants.Single(name => name.Text!.Component2 == "bob"), Cancel);
        await EverybodyHearsAsync(room, (alice, atAlice), (carol, atCarol));
        (await Should.ThrowAsync<PeerException>(() => bob.ReceiveAsync(atBob))).Message.ShouldContain("session closed");
        await room.CloseAsync(Cancel);
    }

    private static SlimSessionOptions Options(bool mls) => new() { Encrypted = mls, Interval = TimeSpan.FromMilliseconds(500), MaxRetries = Retries };

    private Task<SlimApplication> ConnectAsync(SlimAccount account, string application) => SlimApplication.ConnectAsync(server.Endpoint, account.NameOf(application));

    /// <returns>The session of who is invited.</returns>
    internal static async Task<int> InviteAsync(SlimApplication invited, Func<Task> invite)
    {
        var listening = invited.ListenAsync();
        await invite();
        return await listening;
    }

    private static async Task TalkAsync(SlimAgent native, SlimSession ours, SlimApplication application, int theirs)
    {
        await application.PublishAsync(theirs, "hello", "text/plain", new() { ["k"] = "v" });
        var heard = await ours.ReceiveAsync(Cancel);
        (Encoding.UTF8.GetString(heard.Payload.Span), heard.PayloadType, heard.Metadata["k"]).ShouldBe(("hello", "text/plain", "v"));
        heard.From.Text.ShouldBe(native.Name.Text! with { Component2 = "application" });

        await ours.SendAsync("hello back"u8.ToArray(), "text/plain", new Dictionary<string, string> { ["k"] = "w" }, Cancel);
        var got = await application.ReceiveAsync(theirs);
        (got.Text, got.Type, got.Metadata["k"]).ShouldBe(("hello back", "text/plain", "w"));

        foreach (var size in s_sizes)
        {
            var sent = await application.PublishAsync(theirs, size);
            Hash((await ours.ReceiveAsync(Cancel)).Payload.Span).ShouldBe(sent, $"{size} bytes");
            var bytes = RandomNumberGenerator.GetBytes(size);
            await ours.SendAsync(bytes, cancellationToken: Cancel);
            (await application.ReceiveAsync(theirs)).Sha256.ShouldBe(Hash(bytes), $"{size} bytes back");
        }
    }

    /// <summary>Each sends once, and everybody else hears it.</summary>
    internal static async Task EverybodyHearsAsync(SlimSession native, params (SlimApplication Application, int Session)[] others)
    {
        await native.SendAsync("from the native agent"u8.ToArray(), cancellationToken: Cancel);
        foreach (var (application, session) in others)
            (await application.ReceiveAsync(session)).Text.ShouldBe("from the native agent");
        foreach (var (sender, session) in others)
        {
            await sender.PublishAsync(session, sender.Name);
            Encoding.UTF8.GetString((await native.ReceiveAsync(Cancel)).Payload.Span).ShouldBe(sender.Name);
            foreach (var (receiver, its) in others.Where(other => other.Application != sender))
                (await receiver.ReceiveAsync(its)).Text.ShouldBe(sender.Name);
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
