/// A kind of encryption at rest.
public enum SSEType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `AES256`.
    case aes256 = "AES256"
    /// `KMS`.
    case kms = "KMS"
}

/// A state of encryption at rest.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct SSEStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `ENABLING`.
    public static let enabling = SSEStatus(rawValue: "ENABLING")
    /// `ENABLED`.
    public static let enabled = SSEStatus(rawValue: "ENABLED")
    /// `DISABLING`.
    public static let disabling = SSEStatus(rawValue: "DISABLING")
    /// `DISABLED`.
    public static let disabled = SSEStatus(rawValue: "DISABLED")
    /// `UPDATING`.
    public static let updating = SSEStatus(rawValue: "UPDATING")
}

/// Encryption at rest, as asked for.
public struct SSESpecification: Sendable, Hashable, JSONObject {
    /// Whether a customer-managed or AWS-managed key encrypts the table.
    public var enabled: Bool?
    /// The kind of encryption.
    public var sseType: SSEType?
    /// The key's ID, ARN or alias.
    public var kmsMasterKeyId: String?

    private init() { self = .unread }
}

/// Encryption at rest, as it is.
public struct SSEDescription: Sendable, Hashable, JSONObject {
    /// The present state.
    public var status: SSEStatus?
    /// The kind of encryption.
    public var sseType: SSEType?
    /// The key's ARN.
    public var kmsMasterKeyArn: String?
    /// Since when the key cannot be used, in seconds since 1970.
    public var inaccessibleEncryptionDateTime: Double?

    private init() { self = .unread }
}
