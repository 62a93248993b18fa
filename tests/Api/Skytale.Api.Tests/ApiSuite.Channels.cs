using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Tests;

// What administrators see of channels, queues and KeyPackages, and the end that they can make.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task Channels_and_their_queues_are_shown_without_names_and_members_by_how_far_they_are_behind()
    {
        await WithAllRolesAsync();
        var (token, customer) = (await Server.AdminTokenAsync(), await Server.SignUpAsync());
        var (near, far) = (new AgentIdentity().Id, new AgentIdentity().Id);
        var log = Server.Host.Services.GetRequiredService<IChannelLog>();
        var id = await StoreChannelAsync(Server, customer.Org, near, far);
        for (var message = 1u; message <= 3; message++)
            await log.AppendAsync(id, Entry(id, near, message));
        await log.AcknowledgeAsync(id, new Dictionary<AgentId, Sequence> { [near] = new Sequence(2) });

        var channel = await OnlyAsync("/admin/channels", token);
        channel.Select(field => field.Key).ShouldNotContain("name");
        (Text(channel["channel_id"]), Text(channel["account_id"]), Number(channel["members"]), Number(channel["head"])).ShouldBe((id.ToString(), customer.Id, 2, 3));
        channel.ToJsonString().ShouldNotContain(customer.Org);

        var queue = await OnlyAsync("/admin/queues", token);
        (Text(queue["channel_id"]), Number(queue["head"]), Number(queue["lag"]), Number(queue["members_count"])).ShouldBe((id.ToString(), 3, 3, 2));
        queue["members"]!.AsArray().Select(member => (Text(member!["agent_id"]), Number(member["cursor"]), Number(member["lag"])))
            .ShouldBe([(far.ToString(), 0, 3), (near.ToString(), 2, 1)]);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("channels")]
    [InlineData("queues")]
    public async Task Channels_are_paged_by_id(string list)
    {
        await WithAllRolesAsync();
        var token = await Server.AdminTokenAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await StoreChannelAsync(Server, "org")).ToString());
        ids.Sort(StringComparer.Ordinal);
        var page = await AdminAsync("GET", $"/admin/{list}?limit=2", token);
        page.Body["items"]!.AsArray().Select(item => Text(item!["channel_id"])).ShouldBe(ids[..2]);
        (await ListAsync($"/admin/{list}?after={page["next"]}", token, "channel_id")).ShouldBe(ids[2..]);
        (await AdminAsync("GET", $"/admin/{list}?after=nonsense", token)).Status.ShouldBe(422);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_is_closed_once_and_for_ever()
    {
        await WithAllRolesAsync();
        var token = await Server.AdminTokenAsync();
        var id = await StoreChannelAsync(Server, "org");
        (await ActAsync($"channels/{id}/close", token, "court order")).ShouldBe("done");
        (await ActAsync($"channels/{id}/close", token)).ShouldBe("unchanged");
        (await ActAsync($"channels/{new string('0', 64)}/close", token)).ShouldBe("not_found");
        (await ActAsync("channels/nonsense/close", token)).ShouldBe("not_found");
        (await OnlyAsync("/admin/channels", token))["closed_at"].ShouldNotBeNull();

        // What is old goes from the list with the next that is put there, but for this.
        Server.Time.Advance(Revocation.Kept + TimeSpan.FromHours(1));
        var customer = await Server.SignUpAsync();
        (await RevokeAsync(customer, customer.KeyId, customer.Token)).Status.ShouldBe(204);
        (await RevocationsAsync()).Select(entry => entry.Kind).ShouldBe([RevokedKind.ChannelClosed, RevokedKind.Key]);
        (await AuditAsync()).Where(entry => entry.Act == "close_channel").Select(entry => entry.Outcome).ShouldBe(["done", "unchanged"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Agents_with_few_key_packages_left_are_found()
    {
        var (token, node) = (await Server.AdminTokenAsync(), NewNode());
        var (few, many) = (new AgentIdentity().Id, new AgentIdentity().Id);
        await Nodes.EnterAsync(node, new NodeChanges([], [], [new KeyPackageLevel(few, node.Id, 1, true), new KeyPackageLevel(many, node.Id, 50, false)]), Cancel);
        (await ListAsync("/admin/key-packages?below=10", token, "agent_id")).ShouldBe([few.ToString()]);
        var page = await AdminAsync("GET", "/admin/key-packages?limit=1", token);
        var rest = await ListAsync($"/admin/key-packages?after={Uri.EscapeDataString(page["next"])}", token, "agent_id");
        rest.Append(Text(page.Body["items"]![0]!["agent_id"])).ShouldBe([few.ToString(), many.ToString()], ignoreOrder: true);
        (await AdminAsync("GET", "/admin/key-packages?below=few", token)).Status.ShouldBe(422);
    }

    [Fact(Timeout = Timeout)]
    public async Task Names_of_channels_are_shown_where_the_operator_says_so()
    {
        await WithAllRolesAsync();
        var customer = await Server.SignUpAsync();
        await StoreChannelAsync(Server, customer.Org);
        await Server.DisposeAsync();
        _server = await StartAsync("--Roles=api,relay", "--Admin:ShowChannelNames=true");
        Text((await OnlyAsync("/admin/channels", await Server.AdminTokenAsync()))["name"]).ShouldStartWith($"{customer.Org}/team/");
    }

    /// <summary>Has a channel be in the log, of an organisation that need not be there.</summary>
    internal static async Task<ChannelId> StoreChannelAsync(ApiServer server, string org, params AgentId[] members)
    {
        var id = new ChannelId(RandomNumberGenerator.GetBytes(ChannelId.Size));
        ChannelName.TryParse($"{org}/team/{id.ToString()[..16]}", out var name).ShouldBeTrue();
        var creator = members.Length > 0 ? members[0] : new AgentIdentity().Id;
        var state = new ChannelState(new Opaque(new byte[] { 1 }), [.. members.Select(member => new StoredStay(member, Sequence.Start, null))]);
        (await server.Host.Services.GetRequiredService<IChannelLog>().CreateAsync(new ChannelRecord(id, name, creator, new Opaque(new byte[32]), server.Time.GetUtcNow()), Tls.Encode(state).Memory))
            .ShouldBe(ChannelCreation.Created);
        return id;
    }

    private static MessageEntry Entry(ChannelId channel, AgentId sender, uint number) =>
        new(new Sequence(number), default, sender, DateTimeOffset.UtcNow, new MessageId(number), FrameCodec.Encode(new DeliverMessage(channel, new Sequence(number), new MessageId(number), new byte[] { 1 })));

    /// <summary>The one item of a list.</summary>
    private async Task<JsonObject> OnlyAsync(string path, string token) => (await AdminAsync("GET", path, token)).Body["items"]!.AsArray().ShouldHaveSingleItem()!.AsObject();

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static long Number(JsonNode? node) => node!.GetValue<long>();
}
