namespace Skytale.Fuzz.Mls.Running;

/// <summary>An input did what no input may do. The message tells how to see it again.</summary>
internal sealed class FuzzFault : Exception
{
    public FuzzFault(string message) : base(message)
    {
    }

    private FuzzFault(string message, Exception? inner) : base(message, inner)
    {
    }

    /// <param name="seed">Of the mutator; with the round it gives the same input again.</param>
    public static FuzzFault Of(string target, string seed, byte[] input, Exception? inner, string what) =>
        new($"{target}, {seed}: {what}{Environment.NewLine}scripts/fuzz {target} hex {Convert.ToHexStringLower(input)}", inner);
}
