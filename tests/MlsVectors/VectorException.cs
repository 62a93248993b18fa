namespace Skytale.MlsVectors;

/// <summary>A case that does not hold, or is not in its file's format: the text says what and where.</summary>
public sealed class VectorException(string message) : Exception(message);
