using Skytale.Protocol.Envelopes;

namespace Skytale.Protocol.Tests.Envelopes;

public sealed class SlimNameTests
{
    [Theory]
    [InlineData("org", 9745323415579563579)]
    [InlineData("ns", 17219925055306830033)]
    [InlineData("alice", 8903823788458029442)]
    [InlineData("bob", 5309210987355009988)]
    public void A_component_has_the_hash_that_SLIMs_applications_compute(string text, ulong hash) => SlimName.HashComponent(text).ShouldBe(hash);

    [Fact]
    public void A_name_of_texts_has_their_hashes_and_the_texts()
    {
        var name = SlimName.Of("org", "ns", "alice", SlimNameId.Any);
        name.ShouldBe(new SlimName(9745323415579563579, 17219925055306830033, 8903823788458029442, SlimNameId.Any, new SlimNameText("org", "ns", "alice")));
        name.ToString().ShouldBe("org/ns/alice/*");
        new SlimName(1, 255, ulong.MaxValue, new SlimNameId(1, 2), null).ToString().ShouldBe("0000000000000001/00000000000000ff/ffffffffffffffff/00000000000000010000000000000002");
    }

    [Fact]
    public void The_id_of_a_text_is_its_XXH3_128_with_the_upper_half_first()
    {
        // XXH3-128 of no bytes, seed 0: 99aa06d3014798d86001c324468d497f.
        SlimNameId.OfText("").ShouldBe(new SlimNameId(0x99aa06d3014798d8, 0x6001c324468d497f));
        SlimNameId.OfText("a").ShouldNotBe(SlimNameId.OfText("b"));
    }
}
