namespace Skytale.Protocol.Envelopes;

/// <summary>The protobuf messages of a SLIM message in which fields may stand that are not known here. Numbers are never reused.</summary>
public enum EnvelopePart
{
    Message = 0,
    Publish = 1,
    Header = 2,
    SessionHeader = 3,
    Content = 4,
    ApplicationPayload = 5,
    Source = 6,
    SourceName = 7,
    SourceId = 8,
    SourceText = 9,
    Destination = 10,
    DestinationName = 11,
    DestinationId = 12,
    DestinationText = 13,
}
