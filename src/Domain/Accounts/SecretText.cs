namespace Skytale.Accounts;

/// <summary>A password, an API key or a token on its way through: printing it, or a record that holds it, shows nothing.</summary>
/// <param name="text">The secret; may be empty.</param>
public readonly struct SecretText(string? text)
{
    private readonly string? _text = text;

    /// <summary>The secret itself. Who calls this must neither log nor store it.</summary>
    public string Reveal() => _text ?? "";

    public override string ToString() => "[redacted]";
}
