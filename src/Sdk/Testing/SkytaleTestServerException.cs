namespace Skytale.Testing;

/// <summary>The test server is not there or did not start.</summary>
/// <param name="message">Why, with the server's last lines.</param>
/// <param name="inner">What it was told by; null: nothing.</param>
public sealed class SkytaleTestServerException(string message, Exception? inner = null) : Exception(message, inner);
