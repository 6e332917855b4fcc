/// What of a changed item a stream record holds.
public enum StreamViewType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `NEW_IMAGE`.
    case newImage = "NEW_IMAGE"
    /// `OLD_IMAGE`.
    case oldImage = "OLD_IMAGE"
    /// `NEW_AND_OLD_IMAGES`.
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
    /// `KEYS_ONLY`.
    case keysOnly = "KEYS_ONLY"
}

/// Whether a table has a stream, and of what view.
public struct StreamSpecification: Sendable, Hashable, JSONCodable {
    /// Whether changes are written to a stream.
    public var streamEnabled: Bool
    /// What of a changed item a record holds.
    public var streamViewType: StreamViewType?

    /// Makes a value of its members.
    public init(streamEnabled: Bool, streamViewType: StreamViewType? = nil) {
        self.streamEnabled = streamEnabled
        self.streamViewType = streamViewType
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(streamEnabled: false)
        try json.members(requiring: "StreamEnabled") { json, key throws(DynamoDBError) in
            switch key {
            case "StreamEnabled": streamEnabled = try json.value()
            case "StreamViewType": streamViewType = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("StreamEnabled", streamEnabled)
            json.member("StreamViewType", streamViewType)
        }
    }
}
