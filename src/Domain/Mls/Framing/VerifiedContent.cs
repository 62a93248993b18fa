namespace Skytale.Mls.Framing;

/// <summary>Content whose signature, sender, group and epoch are right. Only the verifier makes one. Tags are checked by members alone.</summary>
public sealed class VerifiedContent
{
    internal VerifiedContent(AuthenticatedContent authenticated) => Authenticated = authenticated;

    /// <summary>The content with its signature and tag.</summary>
    public AuthenticatedContent Authenticated { get; }

    /// <summary>What was said.</summary>
    public FramedContent Content => Authenticated.Content;

    /// <summary>Who said it.</summary>
    public Sender Sender => Content.Sender;
}
