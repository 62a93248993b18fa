using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class SendTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task A_file_goes_byte_for_byte_also_where_it_takes_several_messages()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        using var folder = new TemporaryFolder();
        var channel = await user.CreateChannelAsync("files", "alice", "bob");
        foreach (var size in (int[])[0, 1_000, 2_000_000])
        {
            var content = RandomNumberGenerator.GetBytes(size);
            File.WriteAllBytes(folder.File("content"), content);
            var sent = await user.JsonAsync("send", channel, "--file", folder.File("content"), "--agent", "alice");
            var taken = await user.RunAsync("listen", channel, "--agent", "bob", "--count", "1", "--json");
            var message = JsonNode.Parse(taken.Output.ShouldHaveSingleItem(taken.ToString()))!;
            message["sequence"]!.GetValue<ulong>().ShouldBe(sent["sequence"]!.GetValue<ulong>());
            // Nothing at all is a text.
            (message["content_base64"]?.GetValue<string>() ?? message.Text("text")).ShouldBe(Convert.ToBase64String(content));
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task A_file_that_is_not_there_or_a_text_beside_it_is_wrong_usage()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        using var folder = new TemporaryFolder();
        var missing = await user.RunAsync("send", "acme/demo/hello", "--file", folder.File("nothing"), "--agent", "alice");
        missing.ExitCode.ShouldBe(2, missing.ToString());
        missing.Errors.ShouldContain(line => line.Contains(folder.File("nothing"), StringComparison.Ordinal), missing.ToString());
        File.WriteAllText(folder.File("content"), "of the file");
        var both = await user.RunAsync("send", "acme/demo/hello", "a text", "--file", folder.File("content"), "--agent", "alice");
        both.ExitCode.ShouldBe(2, both.ToString());
        both.Errors.ShouldContain(line => line.Contains("not both", StringComparison.Ordinal), both.ToString());
    }
}
