namespace Skytale.Fuzz.Mls.Running;

/// <summary>An input did what no input may do. The message tells how to see it again.</summary>
internal sealed class FuzzFault : Exception
{
    public FuzzFault(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <param name="from">Where the input is from: for the mutator its seed and round.</param>
    public static FuzzFault Of(string target, string from, byte[] input, Exception? inner, string what) =>
        new($"{target}, {from}: {what}{Environment.NewLine}scripts/fuzz {target} hex {Convert.ToHexStringLower(input)}", inner);
}
