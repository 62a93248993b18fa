namespace Skytale.Mls.Tests.Groups;

public sealed class RandomLifeTests
{
    [Theory]
    [Fault(22)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_happens_in_whatever_order_the_members_agree(int seed)
    {
        // Adds with and without path, updates, removes, restarts and messages, in an order that the seed gives.
        var random = new Random(seed);
        using var group = TestGroup.Of(TestGroup.Suite, "creator");
        for (var step = 0; step < 40; step++)
        {
            var actor = group[random.Next(group.Members.Count)];
            switch (random.Next(6))
            {
                case 0:
                    group.Add(actor, path: true, $"{step}");
                    break;
                case 1:
                    group.Add(actor, path: false, $"{step} a", $"{step} b");
                    break;
                case 2 when group.Members.Count > 2:
                    using (var removed = group.Members.Where(member => member != actor).ElementAt(random.Next(group.Members.Count - 1)))
                        group.Remove(actor, removed);
                    break;
                case 3:
                    group.Commit(actor);
                    break;
                case 4:
                    actor.Restart();
                    break;
                default:
                    var message = TestGroup.OverTheWire(actor.Send($"step {step}"));
                    foreach (var reader in group.Members.Where(member => member != actor && random.Next(3) > 0))
                        reader.Read(message).ShouldBe($"step {step}");
                    break;
            }
            group.ShouldAgree();
        }
        group.ShouldTalk();
    }
}
