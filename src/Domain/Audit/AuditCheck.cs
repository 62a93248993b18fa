namespace Skytale.Audit;

/// <summary>What is wrong with an exported log.</summary>
/// <param name="Line">From 1; 0 where it is about the whole.</param>
/// <param name="What">A sentence for people.</param>
public sealed record AuditFault(long Line, string What);

/// <summary>
/// Checks an exported log line by line: that it begins with the first entry, that none is missing, in another place or altered, and,
/// where a hash was noted before, that the log still holds the entry of that hash. That the newest entries are there only such a hash
/// can tell: whoever writes the log could leave them out, or write all of it anew.
/// </summary>
/// <param name="noted">A hash of this log that was noted before.</param>
public sealed class AuditCheck(AuditHash? noted = null)
{
    private AuditHash _last = AuditHash.BeforeAll;
    private bool _isNotedThere = noted is null;

    /// <summary>Entries that were found good.</summary>
    public long Count { get; private set; }

    /// <summary>The newest entry's hash, to be noted for the next check; null before the first.</summary>
    public AuditHash? Head => Count == 0 ? null : _last;

    /// <summary>The next line, without its end; null when it is good. Behind a fault there is nothing to be checked.</summary>
    public AuditFault? Add(string line)
    {
        var number = Count + 1;
        if (!AuditLine.TryRead(line, out var entry))
            return new AuditFault(number, "is no entry of an audit log.");
        if (entry.Seq != number)
            return new AuditFault(number, $"is entry {entry.Seq}, where {number} should be: entries are missing, or in another order.");
        if (entry.ComputeHash(_last) != entry.Hash)
            return new AuditFault(number, $"does not have the hash that it says: entry {number}, or one before it, was altered.");
        (_last, Count) = (entry.Hash, number);
        _isNotedThere |= entry.Hash == noted;
        return null;
    }

    /// <summary>After the last line; null when the log is whole. One without entries is none: a server's first start makes some.</summary>
    public AuditFault? End() =>
        Count == 0 ? new AuditFault(0, "The log is empty, and every server that was started once has entries.")
        : _isNotedThere ? null
        : new AuditFault(0, $"The log holds no entry of the hash {noted}: its newest entries were cut off, or it was written anew.");
}
