namespace Skytale.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Check">Its name, stable.</param>
/// <param name="Result"><see cref="Ok"/>, <see cref="Warn"/> (it works, and will not or not well) or <see cref="Fail"/>.</param>
/// <param name="Hint">What to do; null where nothing is.</param>
internal sealed record Finding(string Check, string Result, string Detail, string? Hint)
{
    public const string Ok = "ok";
    public const string Warn = "warn";
    public const string Fail = "fail";

    public static Finding Good(string check, string detail) => new(check, Ok, detail, null);

    public static Finding Doubtful(string check, string detail, string hint) => new(check, Warn, detail, hint);

    public static Finding Bad(string check, string detail, string hint) => new(check, Fail, detail, hint);

    /// <summary>A check that waits for another thing to be mended.</summary>
    public static Finding NotTried(string check, string why) => Bad(check, $"not tried: {why}", "Mend that first, and run this again.");

    /// <summary>A failure as the finding that it is.</summary>
    public static Finding Of(string check, Failure failure) => Bad(check, failure.Message, failure.Hint.Length > 0 ? failure.Hint : "Try again.");
}
