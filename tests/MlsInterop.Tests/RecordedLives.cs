using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Skytale.MlsInterop.Tests.Kit;
using Skytale.MlsVectors.Running;

namespace Skytale.MlsInterop.Tests;

/// <summary>What a member went through, recorded as the public scripts do it, is a vector that the vector runner follows.</summary>
public sealed class RecordedLives(TwoServers servers)
{
    [Theory(Timeout = 120_000)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    public async Task The_vector_runner_follows_a_member_through_every_kind_of_commit(uint suite, bool encrypt)
    {
        var script = new Script(servers, suite, encrypt);
        await script.CreateGroupAsync("alice", "bob");
        var keyPackage = await script.CreateKeyPackageAsync("passive");
        var psk = await script.InstallPskAsync("alice", "bob", "passive");
        await script.CommitAsync("alice", new() { ByValue = [Script.Add(keyPackage), Script.Psk(psk)], Members = ["bob"], Joiners = ["passive"], ExternalTree = true, ForcePath = encrypt });

        var update = await script.ProposeUpdateAsync("bob");
        var carol = await script.ProposeAddAsync("bob", await script.CreateKeyPackageAsync("carol"));
        await script.CommitAsync("alice", new() { ByReference = [update, carol], Members = ["bob", "passive"], Joiners = ["carol"] });
        await script.TellAsync("carol", psk);
        var signer = await script.ProposeSignerAsync("bob", "signer");
        await script.CommitAsync("bob", new() { ByReference = [signer], Members = ["alice", "passive", "carol"] });
        await script.ExternalJoinAsync("alice", "dave", ["bob", "passive", "carol"], psks: psk);
        var removed = await script.SignerProposesAsync("signer", 0, "alice", script.Remove("dave"));
        await script.CommitAsync("carol", new() { ByReference = [removed], ByValue = [Script.PastEpoch(3), Script.Psk(psk)], Members = ["alice", "bob", "passive"] });
        var reInit = await script.ProposeReInitAsync("bob", ByteString.CopyFromUtf8("the next"), suite);
        await script.ReInitAsync(reInit, "alice", "alice", ["bob", "passive", "carol"]);

        var recorded = script["passive"].Recorded.Case;
        recorded["epochs"]!.AsArray().Count.ShouldBe(5);
        Run(recorded).ShouldBe("recorded.json: 1 passed, 0 failed (suite: cases passed " + suite + ": 1)");

        // Each byte string of each epoch counts.
        for (var epoch = 0; epoch < 5; epoch++)
        {
            foreach (var (name, value) in recorded["epochs"]![epoch]!.AsObject().ToArray())
            {
                var altered = recorded.DeepClone().AsObject();
                var there = altered["epochs"]![epoch]!;
                if (value is JsonArray proposals)
                {
                    if (proposals.Count == 0)
                        continue;
                    there[name]![0] = Altered(proposals[0]!);
                }
                else
                {
                    there[name] = Altered(value!);
                }
                Run(altered).ShouldStartWith("recorded.json: 0 passed, 1 failed", Case.Sensitive, $"epochs[{epoch}].{name}");
            }
        }
        var other = recorded.DeepClone().AsObject();
        other["external_psks"]![0]!["psk"] = Altered(other["external_psks"]![0]!["psk"]!);
        Run(other).ShouldStartWith("recorded.json: 0 passed");
    }

    private static string Run(JsonObject recorded) => FileRun.Of("recorded.json", Encoding.UTF8.GetBytes(new JsonArray(recorded.DeepClone()).ToJsonString())).ToString();

    private static JsonNode Altered(JsonNode hex)
    {
        var bytes = Convert.FromHexString(hex.GetValue<string>());
        bytes[^1] ^= 1;
        return Convert.ToHexStringLower(bytes);
    }
}
