/// Whether settings are synchronised between replicas.
public enum GlobalTableSettingsReplicationMode: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `ENABLED`.
    case enabled = "ENABLED"
    /// `DISABLED`.
    case disabled = "DISABLED"
    /// `ENABLED_WITH_OVERRIDES`.
    case enabledWithOverrides = "ENABLED_WITH_OVERRIDES"
}

/// How the replicas of a global table agree.
public enum MultiRegionConsistency: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `EVENTUAL`.
    case eventual = "EVENTUAL"
    /// `STRONG`.
    case strong = "STRONG"
}

/// A witness's state.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct WitnessStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `CREATING`.
    public static let creating = WitnessStatus(rawValue: "CREATING")
    /// `DELETING`.
    public static let deleting = WitnessStatus(rawValue: "DELETING")
    /// `ACTIVE`.
    public static let active = WitnessStatus(rawValue: "ACTIVE")
}

/// A witness of a strongly consistent global table.
public struct GlobalTableWitnessDescription: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String?
    /// Whether the witness can be used.
    public var witnessStatus: WitnessStatus?

    private init() { self = .unread }
}
