namespace Skytale.SqlCipher;

/// <summary>The store's tables. Every secret in them is encrypted by SQLCipher with the whole file.</summary>
internal static class Schema
{
    /// <summary>PRAGMA user_version of a store with these tables.</summary>
    public static int Version => Upgrades.Length;

    /// <summary>What leads from each version to the next; the first from an empty store. What was released is never changed.</summary>
    public static readonly string[] Upgrades = [Create, Progress, Invitations, OwnKeys, ProgressByRow, Leaving];

    private const string Create = """
        CREATE TABLE identity (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            seed BLOB NOT NULL
        ) STRICT;
        CREATE TABLE key_packages (
            reference BLOB PRIMARY KEY,
            bundle BLOB NOT NULL,
            not_after INTEGER NOT NULL,
            last_resort INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE intents (
            channel_id BLOB PRIMARY KEY,
            name TEXT NOT NULL,
            bundle BLOB NOT NULL,
            group_info BLOB NOT NULL,
            welcome BLOB NOT NULL
        ) STRICT;
        CREATE TABLE channels (
            channel_id BLOB PRIMARY KEY,
            name TEXT NOT NULL,
            joined_at INTEGER NOT NULL,
            cursor INTEGER NOT NULL,
            shown INTEGER NOT NULL,
            epoch INTEGER,
            epoch_state BLOB,
            receiving BLOB
        ) STRICT;
        CREATE TABLE sending (
            channel_id BLOB NOT NULL REFERENCES channels (channel_id) ON DELETE CASCADE,
            epoch INTEGER NOT NULL,
            state BLOB NOT NULL,
            PRIMARY KEY (channel_id, epoch)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pending (
            channel_id BLOB NOT NULL REFERENCES channels (channel_id) ON DELETE CASCADE,
            epoch INTEGER NOT NULL,
            state BLOB NOT NULL,
            PRIMARY KEY (channel_id, epoch)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE left_channels (
            channel_id BLOB PRIMARY KEY,
            epoch INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    // Of its own, because it changes with every message and the rows of channels are large.
    private const string Progress = """
        CREATE TABLE progress (
            channel_id BLOB PRIMARY KEY REFERENCES channels (channel_id) ON DELETE CASCADE,
            acknowledged INTEGER NOT NULL,
            shown INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO progress (channel_id, acknowledged, shown) SELECT channel_id, cursor, shown FROM channels;
        ALTER TABLE channels DROP COLUMN shown;
        """;

    private const string Invitations = """
        CREATE TABLE joins (
            channel_id BLOB PRIMARY KEY,
            invitation BLOB NOT NULL,
            key_package BLOB NOT NULL
        ) STRICT;
        CREATE TABLE invitations (
            channel_id BLOB NOT NULL REFERENCES channels (channel_id) ON DELETE CASCADE,
            invitation_id BLOB NOT NULL,
            known BLOB NOT NULL,
            PRIMARY KEY (channel_id, invitation_id)
        ) STRICT, WITHOUT ROWID;
        """;

    private const string OwnKeys = """
        CREATE TABLE own_keys (
            channel_id BLOB PRIMARY KEY REFERENCES channels (channel_id) ON DELETE CASCADE,
            epoch INTEGER NOT NULL,
            since INTEGER NOT NULL,
            sent INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    // A number for a key, and the key's column unchanged: what SQLCipher allocates for a write is locked in memory, piece by piece.
    private const string ProgressByRow = """
        CREATE TABLE progress_by_row (
            row INTEGER PRIMARY KEY,
            channel_id BLOB NOT NULL UNIQUE REFERENCES channels (channel_id) ON DELETE CASCADE,
            acknowledged INTEGER NOT NULL,
            shown INTEGER NOT NULL
        ) STRICT;
        INSERT INTO progress_by_row (channel_id, acknowledged, shown) SELECT channel_id, acknowledged, shown FROM progress;
        DROP TABLE progress;
        ALTER TABLE progress_by_row RENAME TO progress;
        """;

    private const string Leaving = "ALTER TABLE channels ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0;";
}
