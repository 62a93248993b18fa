using RocksDbSharp;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>
/// How RocksDB is set up: little memory, no compression (ciphertext has nothing to give), a filter for message ids that are new.
/// Universal compaction writes a message fewer times over than levels do, under which writers had to wait for it; until it has
/// merged, the log takes up to three times its size on the disk.
/// </summary>
internal static class EmbeddedOptions
{
    private const ulong WriteBuffer = 16UL << 20;
    private const ulong BlockCache = 16UL << 20;

    internal static DbOptions Create()
    {
        var table = new BlockBasedTableOptions()
            .SetBlockCache(Cache.CreateLru(BlockCache))
            .SetFilterPolicy(BloomFilterPolicy.Create(10, false))
            .SetCacheIndexAndFilterBlocks(true)
            .SetFormatVersion(5);
        return new DbOptions()
            .SetCreateIfMissing(true)
            .SetCompression(Compression.No)
            .SetCompactionStyle(Compaction.Universal)
            .SetWriteBufferSize(WriteBuffer)
            .SetMaxWriteBufferNumber(3)
            .SetMaxTotalWalSize(128UL << 20)
            .SetMaxBackgroundCompactions(1)
            .SetMaxBackgroundFlushes(1)
            .SetBytesPerSync(1UL << 20)
            .SetMaxOpenFiles(256)
            .SetKeepLogFileNum(2)
            .SetInfoLogLevel(InfoLogLevel.Warn)
            .SetBlockBasedTableFactory(table);
    }
}
