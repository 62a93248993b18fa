namespace Skytale.Mls;

/// <summary>
/// A message, key package, tree or request that RFC 9420 forbids. Processing that throws leaves the state as it was.
/// The message names the rule and holds no secret.
/// </summary>
public sealed class MlsException(MlsError error, string? detail = null, Exception? inner = null)
    : Exception(detail is null ? error.ToString() : $"{error}: {detail}", inner)
{
    /// <summary>Which rule was broken.</summary>
    public MlsError Error { get; } = error;
}
